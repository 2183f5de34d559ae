import type { Item } from '../../core/jobs/table/item.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { openMemory } from '../../local/table/connections.ts';
import { sqliteTable } from '../../local/table/sqlite-table.ts';

/** The history's table in memory. */
export interface MemoryTable extends Table {
  /** Every item, for those who look afterwards. */
  items(): Item[];
  close(): void;
}

/** A table of its own in SQLite, as on one machine but for the file. */
export function memoryTable(): MemoryTable {
  const database = openMemory();
  const table = sqliteTable({
    reader: database,
    openWriter: () => Promise.resolve(database),
    onDisk: () => Promise.resolve(),
  });
  return {
    ...table,
    items: () =>
      (database.prepare('SELECT item FROM items').all() as { item: string }[]).map(
        ({ item }) => JSON.parse(item) as Item,
      ),
    close: () => {
      database.close();
    },
  };
}
