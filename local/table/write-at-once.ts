import type { BatchOperation, Database, Done, Store, SubDatabase } from 'dynalite/db/index.js';

/**
 * The store for one operation, whose writes go to disk together and are on the disk when it is acknowledged.
 *
 * dynalite writes index entries first and the item after them, each by itself, and leaves the flush to the operating
 * system. A process killed in between would leave a list with a job that is not there, and a power cut could take an
 * intent that was acted on. Here the entries are held back until the item is written, which comes last.
 */
export function writeAtOnce(store: Store): Store {
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
        flushed(store.db, [...held, operation]).then(() => {
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
