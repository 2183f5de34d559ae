import type { Table } from '../../core/jobs/table/table.ts';
import { callLog } from '../cost/table-calls.ts';
import { unitsOf } from '../cost/table-units.ts';

/** What calls to a table took. */
export interface Spent {
  calls: number;
  /** Units of reading, as DynamoDB counts them: 4 KB are one, or half of one where the answer need not be the newest. */
  units: number;
}

/** The table, adding up what its answers would take of DynamoDB. */
export function countingTable(table: Table, spent: Spent): Table {
  const count = async <Answer>(ask: (watched: Table) => Promise<Answer>): Promise<Answer> => {
    const log = callLog();
    const answer = await ask(log.watched(table));
    const { calls, reads } = unitsOf(log.calls);
    spent.calls += calls;
    spent.units += reads;
    return answer;
  };
  return {
    ...table,
    getItem: (key) => count((watched) => watched.getItem(key)),
    query: (query) => count((watched) => watched.query(query)),
    queryIndex: (query) => count((watched) => watched.queryIndex(query)),
  };
}
