import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { createHash } from 'node:crypto';
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
  /** How many writes were acknowledged: the history must hold at least these. */
  readonly written: number;
  /** What holds the history: SQLite, or LevelDB as in earlier versions of Lifeboat, which refuse a marker that they do not know. */
  readonly format: 'sqlite' | 'leveldb';
}

/** The marker of a history that is open. */
export interface OpenMarker {
  /**
   * Records that this many writes are on the disk. Takes microseconds; it is not flushed, because a marker that is older than the
   * history is harmless, and so is one that another process sets back a little.
   *
   * @throws what the file system fails with.
   */
  set(written: number): void;
  close(): void;
}

const DIGITS = 16;

const FORMATS = { leveldb: 1, sqlite: 2 } as const;

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
export async function createMarker(
  home: string,
  history: Pick<HistoryMarker, 'id' | 'written'>,
): Promise<HistoryMarker> {
  const marker = { ...history, format: 'sqlite' } as const;
  const draft = `${markerPath(home)}.new`;
  await writeHomeFile(home, draft, textOf(marker), { flush: true });
  await rename(draft, markerPath(home));
  return marker;
}

/** Opens the marker of a history that this process writes to. */
export function openMarker(home: string, marker: HistoryMarker): OpenMarker {
  const file = openSync(markerPath(home), 'r+');
  return {
    set(written) {
      // Always as long as before, so it is never empty or cut.
      writeSync(file, textOf({ ...marker, written }), 0);
    },
    close: () => {
      closeSync(file);
    },
  };
}

function textOf({ id, written, format }: HistoryMarker): string {
  const digits = String(written).padStart(DIGITS, '0');
  const text = { format: FORMATS[format], id, written: digits, check: checkOf(id, digits) };
  return `${JSON.stringify(text)}\n`;
}

function markerIn(text: string): HistoryMarker | undefined {
  try {
    const { id, written, format } = JSON.parse(text) as Readonly<Record<string, string>>;
    const marker = {
      id: String(id),
      written: Number(written),
      format: Number(format) === FORMATS.leveldb ? 'leveldb' : 'sqlite',
    } as const;
    return text === textOf(marker) ? marker : undefined;
  } catch {
    return undefined;
  }
}

/** So that a changed digit is not taken for another number. */
function checkOf(id: string, digits: string): string {
  return createHash('sha256').update(`${id} ${digits}`).digest('hex').slice(0, 16);
}
