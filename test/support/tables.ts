import { afterAll, beforeAll } from 'vitest';
import type { JobStore } from '../../core/jobs/store.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import { absent, present, type Condition } from '../../core/jobs/table/condition.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { openDynaliteTable } from './dynalite-table.ts';
import { memoryTable } from './memory-table.ts';

/** Opens an empty table, for one test. */
export type OpenTable = () => Promise<Table & { close(): unknown }>;

/** Both stores of the history, which are to behave alike. */
export const TABLES: readonly (readonly [name: string, open: OpenTable])[] = [
  ['SQLite', () => Promise.resolve(memoryTable())],
  ['DynamoDB', openDynaliteTable],
];

/** Opens a table before the tests of the suite that calls this, and closes it after them. */
export function useTable(openTable: OpenTable, take: (table: Table, store: JobStore) => void): void {
  let table: Awaited<ReturnType<OpenTable>>;
  beforeAll(async () => {
    table = await openTable();
    take(table, createJobStore(table));
  });
  afterAll(() => table.close());
}

/** Holds for whatever is there. The history itself writes nothing without asking what is there. */
export const ANYWAY: Condition = [[absent('pk')], [present('pk')]];
