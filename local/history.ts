import { createJobStore } from '../core/jobs/table/job-store.ts';
import type { JobStore } from '../core/jobs/store.ts';
import { openTable } from './table/open-table.ts';

/** The history of jobs of one home. */
export interface History {
  readonly jobs: JobStore;
  close(): Promise<void>;
}

/**
 * Opens the history kept under `home`.
 *
 * @throws LocalHomeError when the folder can't be used, HistoryUnavailableError
 */
export async function openHistory(home: string): Promise<History> {
  const table = await openTable({ home });
  return {
    jobs: createJobStore({ client: table.client, tableName: table.tableName }),
    close: () => table.close(),
  };
}
