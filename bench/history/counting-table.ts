import type { Table } from '../../core/jobs/table/table.ts';

/** What calls to a table took. */
export interface Spent {
  calls: number;
  /** Units of reading, as DynamoDB counts them: 4 KB are one, or half of one where the answer need not be the newest. */
  units: number;
}

/** The table, adding up the units that its answers tell. */
export function countingTable(table: Table, spent: Spent): Table {
  const count = <Answer>(answer: Answer): Answer => {
    const told = (answer as { readonly ConsumedCapacity?: { readonly CapacityUnits?: number } })
      .ConsumedCapacity;
    if (told?.CapacityUnits === undefined)
      throw new TypeError('The table does not tell what an answer took.');
    spent.calls += 1;
    spent.units += told.CapacityUnits;
    return answer;
  };
  const telling = { ReturnConsumedCapacity: 'TOTAL' } as const;
  return {
    ...table,
    getItem: async (input) => count(await table.getItem({ ...input, ...telling })),
    query: async (input) => count(await table.query({ ...input, ...telling })),
  };
}
