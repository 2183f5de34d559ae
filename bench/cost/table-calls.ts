import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../core/jobs/table/item.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import type { TableCall } from './table-units.ts';

/** Notes the calls to a table. */
export interface CallLog {
  readonly calls: readonly TableCall[];
  /** The table, with every call noted as DynamoDB's protocol writes it. */
  watched(table: Table): Table;
}

/** A log without any calls yet. */
export function callLog(): CallLog {
  const calls: TableCall[] = [];
  // An item of the history has nothing but text and numbers.
  const wire = (item: Item) => marshall(item) as Record<string, { readonly S?: string; readonly N?: string }>;
  const listed = (items: readonly Item[]) => ({ Items: items.map(wire) });
  return {
    calls,
    watched: (table) => ({
      ...table,
      async getItem(key) {
        const item = await table.getItem(key);
        const output = item === undefined ? {} : { Item: wire(item) };
        calls.push({ operation: 'GetItem', input: { ConsistentRead: true }, output });
        return item;
      },
      async putItem(item, condition) {
        const isWritten = await table.putItem(item, condition);
        const output = isWritten ? {} : undefined;
        calls.push({ operation: 'PutItem', input: { Item: wire(item) }, output });
        return isWritten;
      },
      async query(query) {
        const items = await table.query(query);
        calls.push({ operation: 'Query', input: { ConsistentRead: true }, output: listed(items) });
        return items;
      },
      async queryIndex(query) {
        const items = await table.queryIndex(query);
        calls.push({ operation: 'Query', input: { IndexName: query.index }, output: listed(items) });
        return items;
      },
    }),
  };
}
