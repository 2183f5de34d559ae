import type { Condition } from './condition.ts';
import type { Item, ItemKey } from './item.ts';
import type { TABLE_SHAPE } from './table-shape.ts';

/** Items of one partition, by sort key. */
export interface ItemQuery {
  readonly pk: string;
  /** How the sort key begins. */
  readonly prefix: string;
  /** Without it the first comes first. */
  readonly descending?: boolean;
  /** Without it all are given. */
  readonly limit?: number;
}

/** The name of an index. */
export type IndexName = (typeof TABLE_SHAPE.indexes)[number]['name'];

/** Items of one partition of an index, newest job first. */
export interface IndexQuery {
  readonly index: IndexName;
  /** Of the index's partition key. */
  readonly value: string;
  readonly limit: number;
  /** The job after which the answer begins. */
  readonly after?: ItemKey & { readonly jobId: string };
}

/**
 * The table that the history is kept in: single items, conditional writes, and lists. It is DynamoDB (`dynamo-table.ts`) or a
 * SQLite file on one machine (`local/table/`); one suite of tests holds both to the same behaviour.
 *
 * What a method fails with is explained by the store that called it (`history-errors.ts`).
 */
export interface Table {
  readonly tableName: string;
  /** The item as it was last written. */
  getItem(key: ItemKey): Promise<Item | undefined>;
  /**
   * Writes the item in place of the one that is there, if the condition holds for that one. It is on the disk when this returns.
   *
   * @returns whether the condition held.
   */
  putItem(item: Item, condition: Condition): Promise<boolean>;
  /** What was last written, all of it up to the limit. */
  query(query: ItemQuery): Promise<readonly Item[]>;
  /** What an index holds: keys and projected attributes. It may be a moment behind. */
  queryIndex(query: IndexQuery): Promise<readonly Item[]>;
}
