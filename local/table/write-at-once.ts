import type { BatchOperation, Database, Done, Store, SubDatabase } from 'dynalite/db/index.js';
import { inBatches } from '../../core/jobs/table/batches.ts';

/** Writes operations to the disk; resolves once they are on it, all or none. */
export type Flush = (operations: readonly BatchOperation[]) => Promise<unknown>;

/**
 * The way to the disk of a database. A flush takes milliseconds: what is written while one is under way goes together in the
 * next, so a thousand jobs in one process wait for few.
 *
 * @param onDisk is told how many entries are on the disk before they are acknowledged.
 */
export function flushTo(database: Database, onDisk: (entries: number) => void): Flush {
  const together = inBatches<readonly BatchOperation[], unknown>();
  return (operations) =>
    together('', operations, async (all) => {
      const entries = all.flat();
      await flushed(database, entries);
      onDisk(entries.length);
    });
}

/**
 * The store for one operation, whose writes go to disk together and are on the disk when it is acknowledged.
 *
 * dynalite writes index entries first and the item after them, each by itself, and leaves the flush to the operating
 * system. A process killed in between would leave a list with a job that is not there, and a power cut could take an
 * intent that was acted on. Here the entries are held back until the item is written, which comes last.
 */
export function writeAtOnce(store: Store, flush: Flush): Store {
  const held: BatchOperation[] = [];
  return {
    ...store,
    getIndexDb(type, table, index) {
      const prefix = `index-${type.toLowerCase()}~${table}~${index}~`;
      return writing(store.getIndexDb(type, table, index), prefix, (operation, done) => {
        held.push(operation);
        done();
      });
    },
    getItemDb(table) {
      return writing(store.getItemDb(table), `item-${table}~`, (operation, done) => {
        flush([...held, operation]).then(() => {
          done();
        }, done);
      });
    },
  };
}

/** A part of the database whose writes go elsewhere; its reads and its locks stay. */
function writing(
  part: SubDatabase,
  prefix: string,
  write: (operation: BatchOperation, done: Done) => void,
): SubDatabase {
  return {
    ...part,
    put: (key, value, done) => {
      write({ type: 'put', key: prefix + key, value }, done);
    },
    del: (key, done) => {
      write({ type: 'del', key: prefix + key }, done);
    },
  };
}

/** dynalite covers `batch` with one that takes no options; LevelDB's own is beneath it. */
function flushed(database: Database, operations: readonly BatchOperation[]): Promise<void> {
  const beneath = Object.getPrototypeOf(database) as Database;
  return beneath.batch.call(database, operations, { sync: true });
}
