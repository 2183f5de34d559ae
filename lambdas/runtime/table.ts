import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JobStore } from '../../core/jobs/store.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import type { Table } from '../../core/jobs/table/write-item.ts';
import { readEnvironment } from './environment.ts';

let table: Table | undefined;

/** The table of the history. One client serves all invocations of a function. */
export function historyTable(): Table {
  table ??= { client: new DynamoDBClient(), tableName: readEnvironment('history').LIFEBOAT_TABLE };
  return table;
}

let jobs: JobStore | undefined;

/** The history of jobs. */
export function jobHistory(): JobStore {
  jobs ??= createJobStore(historyTable());
  return jobs;
}
