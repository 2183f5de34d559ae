import { randomUUID } from 'node:crypto';
import { intact, withChecksum } from './checksum.ts';
import type { Condition } from './condition.ts';
import { historyError } from './history-errors.ts';
import type { Item, ItemKey } from './item.ts';
import type { Table } from './table.ts';

/** Whether a conditional write was done; if not, what is there instead. */
export type WriteOutcome =
  { readonly written: true } | { readonly written: false; readonly present: Item | undefined };

/**
 * Reads one item, and reads what was last written.
 *
 * @throws HistoryUnavailableError, HistoryDamagedError
 */
export async function readItem(table: Table, key: ItemKey): Promise<Item | undefined> {
  const found = await readUnchecked(table, key);
  return found === undefined ? undefined : intact(found);
}

/**
 * Reads one item as it is, for what may be written over when it is damaged.
 *
 * @throws HistoryUnavailableError
 */
export async function readUnchecked(table: Table, key: ItemKey): Promise<Item | undefined> {
  return reaching(table, () => table.getItem(key));
}

/**
 * Writes an item if the condition holds, at most once.
 *
 * A reply can be lost on its way, and the table's client then asks again: the condition now fails on what the first
 * request wrote. So every write is marked with an id of its own, by which it is known again. The id is a name and decides
 * nothing, which is why it is not drawn from the randomness that core is handed.
 *
 * @throws HistoryUnavailableError, and HistoryDamagedError when what is there instead is damaged.
 */
export async function putItemIf(table: Table, item: Item, condition: Condition): Promise<WriteOutcome> {
  const writeId = randomUUID();
  const marked = withChecksum({ ...item, writeId });
  if (await reaching(table, () => table.putItem(marked, condition))) return { written: true };
  const present = await readUnchecked(table, item);
  if (present?.writeId === writeId) return { written: true };
  return { written: false, present: present === undefined ? undefined : intact(present) };
}

/** Runs a call to the table, and says what its failure means. */
export async function reaching<T>(table: Table, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw historyError(error, table.tableName);
  }
}
