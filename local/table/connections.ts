import { pathToFileURL } from 'node:url';
import Sqlite, { type Statement } from 'libsql';
import AsyncSqlite from 'libsql/promise';
import { SCHEMA } from './sqlite-schema.ts';

/** Prepares statements that run at once. */
export interface Reader {
  prepare(sql: string): Statement;
  close(): void;
}

/** A connection that writes. Only one transaction at a time. */
export interface Writer {
  prepare(sql: string): Statement | Promise<Statement>;
  /** Runs statements without waiting for the disk in this thread. */
  run(sql: string): Promise<void>;
  close(): void;
}

/** How long a connection waits for the lock of another one. Milliseconds. */
export const LOCK_TIMEOUT_MS = 10_000;

/**
 * A connection that cannot change the file, which must be there. (The `readonly` option of libsql 0.5 does nothing.)
 *
 * @throws an error of SQLite.
 */
export function openReader(path: string): Reader {
  return new Sqlite(`${pathToFileURL(path).href}?mode=ro`, { timeout: LOCK_TIMEOUT_MS });
}

/**
 * A connection that writes to the file, which must be there. A commit returns once it is on the disk, and happens in another
 * thread. The log is copied into the file by `sqlite-table.ts`, which lets nobody write meanwhile.
 *
 * @throws an error of SQLite.
 */
export async function openWriter(path: string): Promise<Writer> {
  const database = new AsyncSqlite(`${pathToFileURL(path).href}?mode=rw`, { timeout: LOCK_TIMEOUT_MS });
  await database.exec('PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0');
  return {
    prepare: (sql) => database.prepare(sql) as ReturnType<Writer['prepare']>,
    run: (sql) => database.exec(sql) as ReturnType<Writer['run']>,
    close: () => {
      database.close();
    },
  };
}

/** A history in memory: what is written is there at once, in the same thread. */
export function openMemory(): Reader & Writer {
  const database = new Sqlite(':memory:');
  database.exec(SCHEMA);
  database.exec("INSERT INTO history VALUES ('memory', 0, 0)");
  return {
    prepare: (sql) => database.prepare(sql),
    run: async (sql) => {
      database.exec(sql);
      return Promise.resolve();
    },
    close: () => {
      database.close();
    },
  };
}
