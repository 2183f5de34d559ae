import type { Done, Store, Table } from 'dynalite/db/index.js';

/**
 * The store, remembering what its tables look like. dynalite reads that from the disk before each operation; ours is made once
 * and never changed, and no other process has the files open.
 */
export function knowingTable(store: Store): Store {
  const known = new Map<string, Table>();
  return {
    ...store,
    getTable(name, ...rest) {
      const done = rest.at(-1) as Done<Table>;
      const table = known.get(name);
      if (table !== undefined) {
        done(null, table);
        return;
      }
      const checkStatus = rest.length === 1 || rest[0];
      store.getTable(name, checkStatus, (error, found) => {
        if (!error && found?.TableStatus === 'ACTIVE') known.set(name, found);
        done(error, found);
      });
    },
  };
}
