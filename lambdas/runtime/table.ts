import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JobStore } from '../../core/jobs/store.ts';
import { dynamoTable } from '../../core/jobs/table/dynamo-table.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { CLIENT_SETTINGS } from './aws-client.ts';
import { readEnvironment } from './environment.ts';

let table: Table | undefined;

/** The table of the history. */
export function historyTable(): Table {
  table ??= dynamoTable(new DynamoDBClient(CLIENT_SETTINGS), readEnvironment('history').LIFEBOAT_TABLE);
  return table;
}

let jobs: JobStore | undefined;

/** The history of jobs. */
export function jobHistory(): JobStore {
  jobs ??= createJobStore(historyTable());
  return jobs;
}
