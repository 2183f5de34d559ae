import type { Statement } from 'libsql';
import { inBatches } from '../../core/jobs/table/batches.ts';
import { holds, type Condition } from '../../core/jobs/table/condition.ts';
import type { Item, ItemKey } from '../../core/jobs/table/item.ts';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import type { IndexQuery, ItemQuery, Table } from '../../core/jobs/table/table.ts';
import type { Reader, Writer } from './connections.ts';
import { INDEXED_ATTRIBUTES } from './sqlite-schema.ts';

/** The name of the table on one machine, for messages. */
export const TABLE_NAME = 'lifeboat';

/** What the table works on. */
export interface SqliteFile {
  readonly reader: Reader;
  /** Called for the first write: a process that only reads has no use for it. */
  readonly openWriter: () => Promise<Writer>;
  /** Is told how many writes the file holds once they are on the disk, before they are acknowledged. */
  readonly onDisk: (written: number, writer: Writer) => Promise<void>;
}

interface Write {
  readonly item: Item;
  readonly condition: Condition;
}

/** Says of each write of a transaction whether its condition held. */
type WriteAll = (writes: readonly Write[]) => Promise<ReadonlyMap<Write, boolean>>;

/**
 * The history's table in a SQLite database. What is written while a transaction goes to the disk goes together into the next one:
 * a thousand jobs in one process wait for few. Its methods throw the errors of SQLite.
 */
export function sqliteTable({ reader, openWriter, onDisk }: SqliteFile): Table {
  const { partitionKey: pk, sortKey: sk, indexes, indexSortKey } = TABLE_SHAPE;
  const together = inBatches<Write, ReadonlyMap<Write, boolean>>();
  let writeAll: Promise<WriteAll> | undefined;
  const statements = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = statements.get(sql) ?? reader.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const open = async () => writerOf(await openWriter(), onDisk);
  const write = async (writes: readonly Write[]) => {
    writeAll ??= open();
    // A file that could not be opened is tried again by the next write.
    const all = await writeAll.catch((error: unknown) => {
      writeAll = undefined;
      throw error;
    });
    return all(writes);
  };
  // What SQLite throws at once is a failure of the method's promise.
  const reading = <T>(read: () => T): Promise<T> =>
    new Promise((resolve) => {
      resolve(read());
    });
  return {
    tableName: TABLE_NAME,

    getItem: (key) => reading(() => itemAt(statement(FIND), key)),

    async putItem(item, condition) {
      const one = { item, condition };
      const outcomes = await together('', one, write);
      return outcomes.get(one) === true;
    },

    query: ({ pk: partition, prefix, descending = false, limit }: ItemQuery) =>
      reading(() => {
        const order = descending ? 'DESC' : 'ASC';
        const rows = statement(
          `SELECT ${pk}, ${sk}, item FROM items WHERE ${pk} = ? AND ${sk} >= ? AND ${sk} < ? ORDER BY ${sk} ${order} LIMIT ?`,
        ).all(partition, prefix, `${prefix}\u{10FFFF}`, limit ?? -1) as Row[];
        return rows.map(itemIn);
      }),

    queryIndex: ({ index, value, limit, after }: IndexQuery) =>
      reading(() => {
        const column = indexes.find(({ name }) => name === index)?.partitionKey ?? '';
        const names = [pk, sk, ...INDEXED_ATTRIBUTES].filter(
          (name) => name === column || !indexes.some(({ partitionKey }) => partitionKey === name),
        );
        const rows = statement(
          `SELECT ${names.join(', ')} FROM items WHERE ${column} = ? AND ${indexSortKey} < ? ORDER BY ${indexSortKey} DESC LIMIT ?`,
        ).all(value, after?.jobId ?? '\u{10FFFF}', limit) as Record<string, string | null>[];
        return rows.map(
          (row) => Object.fromEntries(names.flatMap((name) => presentIn(row, name))) as unknown as Item,
        );
      }),
  };
}

interface Row extends ItemKey {
  readonly item: string;
}

const FIND = `SELECT ${TABLE_SHAPE.partitionKey}, ${TABLE_SHAPE.sortKey}, item FROM items WHERE ${TABLE_SHAPE.partitionKey} = ? AND ${TABLE_SHAPE.sortKey} = ?`;

const COLUMNS = [TABLE_SHAPE.partitionKey, TABLE_SHAPE.sortKey, 'item', ...INDEXED_ATTRIBUTES];

/** Puts an item in the place of the one with its key. */
const REPLACE = `INSERT INTO items (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (${TABLE_SHAPE.partitionKey}, ${TABLE_SHAPE.sortKey})
  DO UPDATE SET ${COLUMNS.slice(2)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`;

async function writerOf(writer: Writer, onDisk: SqliteFile['onDisk']): Promise<WriteAll> {
  const begin = await writer.prepare('BEGIN IMMEDIATE');
  const find = await writer.prepare(FIND);
  const replace = await writer.prepare(REPLACE);
  const count = await writer.prepare('UPDATE history SET written = written + ? RETURNING written');
  const apply = ({ item, condition }: Write): boolean => {
    if (!holds(condition, itemAt(find, item))) return false;
    replace.run(valuesOf(item));
    return true;
  };
  return async (writes) => {
    begin.run();
    try {
      const outcomes = new Map(writes.map((write) => [write, apply(write)] as const));
      const { written } = count.get([...outcomes.values()].filter(Boolean).length) as { written: number };
      await writer.run('COMMIT');
      await onDisk(written, writer);
      return outcomes;
    } catch (error) {
      // SQLite ends a transaction itself where the disk is full, and then refuses to roll back what is not there.
      await writer.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
}

/** What a row of the table holds of an item. */
export function valuesOf(item: Item): (string | null)[] {
  const { pk, sk } = item;
  return [pk, sk, JSON.stringify(item), ...INDEXED_ATTRIBUTES.map((name) => textOf(item[name]))];
}

function textOf(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}

function itemAt(find: Statement, { pk, sk }: ItemKey): Item | undefined {
  const row = find.get(pk, sk) as Row | undefined;
  return row === undefined ? undefined : itemIn(row);
}

/** The item of a row; one whose checksum is wrong where the text cannot be read or belongs to another key. */
function itemIn({ pk, sk, item: text }: Row): Item {
  try {
    const item = JSON.parse(text) as Item;
    if (item.pk === pk && item.sk === sk) return item;
  } catch {
    // As damaged as one whose checksum is wrong, and named by its key.
  }
  return { pk, sk, checksum: 'unreadable' };
}

function presentIn(row: Record<string, string | null>, name: string): [string, string][] {
  const value = row[name] ?? null;
  return value === null ? [] : [[name, value]];
}
