import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import AsyncSqlite from 'libsql/promise';
import { createMarker, readMarker, type HistoryMarker } from '../history-marker.ts';
import { writeHomeFile } from '../home-modes.ts';
import { migrateHome } from '../level-home/migrate-home.ts';
import { checkHistory, damagedHistory, historyPath } from './check-history.ts';
import { LOCK_TIMEOUT_MS } from './connections.ts';
import { publishHistory } from './publish-history.ts';

/**
 * Makes the history of a home where there is none, and nothing where there is one. One process at a time does so; a lock of
 * SQLite, which ends with the process, decides which.
 *
 * @returns the marker of the history, which is there now.
 * @throws HistoryDamagedError where there was a history that is gone, or what the file system or SQLite fail with.
 */
export async function ensureHistory(home: string): Promise<HistoryMarker> {
  return (await completeHistory(home)) ?? (await underLock(home, () => createIfAbsent(home)));
}

/** The marker, where the history and its marker are there. */
async function completeHistory(home: string): Promise<HistoryMarker | undefined> {
  const marker = await readMarker(home);
  return marker?.format === 'sqlite' && (await isThere(historyPath(home))) ? marker : undefined;
}

async function createIfAbsent(home: string): Promise<HistoryMarker> {
  const complete = await completeHistory(home);
  if (complete !== undefined) return complete;
  const marker = await readMarker(home);
  if (await isThere(historyPath(home))) {
    if (marker === undefined) return adopt(home);
    await checkUnused(home);
  }
  const migrated = marker?.format === 'sqlite' ? undefined : await migrateHome(home, marker);
  if (migrated !== undefined) return migrated;
  const trace = marker === undefined ? await traceOf(home) : 'history.json';
  if (trace !== undefined)
    throw damagedHistory(
      home,
      `${historyPath(home)} is missing, although ${join(home, trace)} says that there was a history`,
    );
  const id = randomUUID();
  await publishHistory(home, id, []);
  return createMarker(home, { id, written: 0 });
}

/** A process that was killed between the two leaves a history without its marker; so does somebody who removes it. */
async function adopt(home: string): Promise<HistoryMarker> {
  const { reader, id, written } = await checkHistory(home, undefined);
  reader.close();
  return createMarker(home, { id, written });
}

/**
 * A process that was killed while it took over an older history leaves the new one with the marker of the old: nobody uses it
 * yet, and it is made again.
 */
async function checkUnused(home: string): Promise<void> {
  const { reader, written, imported } = await checkHistory(home, undefined);
  reader.close();
  if (written === imported) return;
  throw damagedHistory(
    home,
    `${join(home, 'history.json')} is that of an earlier version of Lifeboat, and not of ${historyPath(home)}`,
  );
}

async function underLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const path = join(home, 'history.lock');
  if (!(await isThere(path))) await writeHomeFile(home, path, '');
  const lock = new AsyncSqlite(path, { timeout: LOCK_TIMEOUT_MS });
  try {
    await lock.exec('BEGIN EXCLUSIVE');
    return await work();
  } finally {
    lock.close();
  }
}

/** A file that is only where jobs have been; undefined in a home that is new. */
async function traceOf(home: string): Promise<string | undefined> {
  const names = await readdir(home);
  if (names.includes('schedules.json')) return 'schedules.json';
  for (const folder of ['reports', 'simulator']) {
    const [first] = names.includes(folder) ? await readdir(join(home, folder)) : [];
    if (first !== undefined) return join(folder, first);
  }
  return undefined;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
