import { CONDITION_FAILED, type Table } from '../../core/jobs/table/table.ts';
import type { TableCall } from './table-units.ts';

/** Notes the calls to a table. */
export interface CallLog {
  readonly calls: readonly TableCall[];
  /** The table, with every call noted. */
  watched(table: Table): Table;
}

/** A log without any calls yet. */
export function callLog(): CallLog {
  const calls: TableCall[] = [];
  const noted =
    <Input, Output>(operation: string, ask: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      const call = { operation, input: input as TableCall['input'] };
      try {
        const output = await ask(input);
        calls.push({ ...call, output: output ?? {} });
        return output;
      } catch (error) {
        if (error instanceof Error && error.name === CONDITION_FAILED)
          calls.push({ ...call, output: undefined });
        throw error;
      }
    };
  return {
    calls,
    watched: (table) => ({
      ...table,
      getItem: noted('GetItem', (input) => table.getItem(input)),
      putItem: noted('PutItem', (input) => table.putItem(input)),
      query: noted('Query', (input) => table.query(input)),
    }),
  };
}
