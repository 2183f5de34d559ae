import { closeSync, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { HistoryDamagedError } from '../core/jobs/errors.ts';
import { writeHomeFile } from './home-modes.ts';

/**
 * What a home knows of its history outside of the files that hold it: that there is one, which one it is, and how much was
 * written to it. Without this file a history that is gone looks like one that never was, and one whose end is cut off like one
 * that ends there.
 */
export interface HistoryMarker {
  /** Tells this history from any other. */
  readonly id: string;
  /** How many entries the store had acknowledged: it must hold at least these. */
  readonly written: number;
}

/** The marker of the process that owns the history. */
export interface OpenMarker {
  /**
   * Records that `entries` more are on the disk. Takes microseconds; it is not flushed, because a marker that is older than the
   * history is harmless.
   *
   * @throws what the file system fails with.
   */
  add(entries: number): void;
  /** Whether the file in the home is still the one that this process writes to. */
  isInPlace(): boolean;
  close(): void;
}

const DIGITS = 16;

/** Where the marker of a home is. */
export function markerPath(home: string): string {
  return join(home, 'history.json');
}

/**
 * The marker in a home; undefined when there is none, as in a home that an earlier version of Lifeboat wrote.
 *
 * @throws HistoryDamagedError when it is not as Lifeboat wrote it, or what the file system fails with.
 */
export async function readMarker(home: string): Promise<HistoryMarker | undefined> {
  const text = await readFile(markerPath(home), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const marker = markerIn(text);
  if (marker !== undefined) return marker;
  throw new HistoryDamagedError(`${markerPath(home)} is not as Lifeboat wrote it: it was cut or changed.`, {
    changed: 'Nothing was changed.',
    next: `Restore the whole of ${home} from a backup. If all that is wrong is this file, remove it: what it says of the history is then learnt again.`,
  });
}

/** Puts up the marker of a history. */
export async function createMarker(home: string, written: number): Promise<HistoryMarker> {
  const marker = { id: randomUUID(), written };
  const draft = `${markerPath(home)}.new`;
  await writeHomeFile(home, draft, textOf(marker), { flush: true });
  await rename(draft, markerPath(home));
  return marker;
}

/** Opens the marker for the owner of the history, whose store holds `written` entries. */
export function openMarker(home: string, { id, written }: HistoryMarker): OpenMarker {
  const path = markerPath(home);
  const file = openSync(path, 'r+');
  let count = written;
  const { dev, ino } = fstatSync(file, { bigint: true });
  return {
    add(entries) {
      count += entries;
      // Always as long as before, so it is never empty or cut.
      writeSync(file, textOf({ id, written: count }), 0);
    },
    isInPlace() {
      const there = statSync(path, { bigint: true, throwIfNoEntry: false });
      return there?.ino === ino && there.dev === dev;
    },
    close: () => {
      closeSync(file);
    },
  };
}

function textOf({ id, written }: HistoryMarker): string {
  const digits = String(written).padStart(DIGITS, '0');
  return `${JSON.stringify({ format: 1, id, written: digits, check: checkOf(id, digits) })}\n`;
}

function markerIn(text: string): HistoryMarker | undefined {
  try {
    const { id, written } = JSON.parse(text) as { readonly id: string; readonly written: string };
    const marker = { id, written: Number(written) };
    return text === textOf(marker) ? marker : undefined;
  } catch {
    return undefined;
  }
}

/** So that a changed digit is not taken for another number. */
function checkOf(id: string, digits: string): string {
  return createHash('sha256').update(`${id} ${digits}`).digest('hex').slice(0, 16);
}
