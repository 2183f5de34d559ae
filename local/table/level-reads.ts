import { Readable } from 'node:stream';
import type { Database } from 'dynalite/db/index.js';

/**
 * Gives a database of dynalite other ways to read.
 *
 * dynalite never closes what it reads a list with. LevelDB keeps the files and the memory of such a moment until the database is
 * closed, so a process that runs for long would take more and more of both. And it has another thread read each item, which takes
 * many times as long as reading it.
 */
export function readWell(database: Database): void {
  database.createValueStream = (range) => {
    return new Readable({
      objectMode: true,
      read() {
        pushAll(database, range, this).catch((error: unknown) => {
          this.destroy(asError(error));
        });
      },
    });
  };
  database.get = (key, done) => {
    const read = attempt(() => database.getSync(key));
    queueMicrotask(() => {
      done(read.error, read.value);
    });
  };
}

async function pushAll(database: Database, range: object, values: Readable): Promise<void> {
  // It closes what it reads with.
  for (const value of await database.values(range).all()) values.push(value);
  values.push(null);
}

function attempt(read: () => unknown): { readonly error: Error | null; readonly value?: unknown } {
  try {
    return { error: null, value: read() };
  } catch (error) {
    return { error: asError(error) };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
