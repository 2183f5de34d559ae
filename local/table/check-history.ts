import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HistoryDamagedError } from '../../core/jobs/errors.ts';
import type { HistoryMarker } from '../history-marker.ts';
import { openReader, type Reader } from './connections.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './sqlite-schema.ts';

/** What a history says of itself. */
export interface HistoryRow {
  readonly id: string;
  /** How many writes it took. */
  readonly written: number;
  /** How many items of an older home it began with. */
  readonly imported: number;
}

/** A history that may be written to. */
export interface CheckedHistory extends HistoryRow {
  /** Cannot write. */
  readonly reader: Reader;
}

/** Where the history of a home is. */
export function historyPath(home: string): string {
  return join(home, 'history.db');
}

/**
 * Opens the history of a home for reading, and checks that it is a history, which one, and that every write that was
 * acknowledged is in it. SQLite leaves writes out without a word when its log (`history.db-wal`) is missing, cut or damaged.
 *
 * @param marker what the home knows of the history; undefined where that is lost.
 * @throws HistoryDamagedError which says what is wrong, or an error of SQLite.
 */
export async function checkHistory(home: string, marker: HistoryMarker | undefined): Promise<CheckedHistory> {
  const path = historyPath(home);
  const { size } = await stat(path);
  if (size === 0) throw damagedHistory(home, `${path} is empty`);
  const reader = openReader(path);
  try {
    const row = rowIn(reader, home);
    const pages = numberOf(reader, 'page_count') * numberOf(reader, 'page_size');
    // Pages that are not in the file yet are in the log.
    const logged = await stat(`${path}-wal`).then(
      (file) => file.size,
      () => 0,
    );
    if (size + logged < pages) throw damagedHistory(home, `${path} is cut off`);
    if (marker !== undefined && marker.id !== row.id)
      throw damagedHistory(home, `${path} is not the history of this home but another one`);
    if (marker !== undefined && marker.written > row.written)
      throw damagedHistory(
        home,
        `The end of the history in ${path} is missing, perhaps with the file ${path}-wal: ${marker.written} writes were made, and it holds ${row.written}`,
      );
    return { ...row, reader };
  } catch (error) {
    reader.close();
    throw error;
  }
}

function rowIn(reader: Reader, home: string): HistoryRow {
  const path = historyPath(home);
  if (numberOf(reader, 'application_id') !== APPLICATION_ID)
    throw damagedHistory(home, `${path} is not a history of Lifeboat`);
  const version = numberOf(reader, 'user_version');
  if (version !== SCHEMA_VERSION)
    throw damagedHistory(
      home,
      `${path} has the format ${version}, and this version of Lifeboat knows ${SCHEMA_VERSION}`,
    );
  const row = reader.prepare('SELECT id, written, imported FROM history').get() as HistoryRow | undefined;
  if (row === undefined) throw damagedHistory(home, `${path} does not say which history it is`);
  return { id: row.id, written: row.written, imported: row.imported };
}

function numberOf(reader: Reader, pragma: string): number {
  const row = reader.prepare(`PRAGMA ${pragma}`).get() as Readonly<Record<string, number>>;
  return row[pragma] ?? NaN;
}

/** @param what is wrong, as a sentence without its full stop. */
export function damagedHistory(home: string, what: string, cause?: unknown): HistoryDamagedError {
  return new HistoryDamagedError(`The history of jobs is damaged or incomplete. ${what}.`, {
    changed: `Nothing was changed: every file in ${home} is as it was found.`,
    next: `Restore the whole of ${home} from a backup, with no Lifeboat process running. Without a backup: the reports in ${join(home, 'reports')} can still be read; to begin a new history, set LIFEBOAT_HOME to another folder and keep this one.`,
    cause,
  });
}
