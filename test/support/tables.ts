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

/** Holds for whatever is there. The history itself writes nothing without asking what is there. */
export const ANYWAY: Condition = [[absent('pk')], [present('pk')]];
