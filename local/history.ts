import type { RequestStore } from '../core/jobs/kept-request.ts';
import { createJobStore } from '../core/jobs/table/job-store.ts';
import { createRequestStore } from '../core/jobs/table/kept-requests.ts';
import type { JobStore } from '../core/jobs/store.ts';
import { openTable } from './table/open-table.ts';

/** The history of jobs of one home. */
export interface History {
  readonly jobs: JobStore;
  readonly requests: RequestStore;
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
    jobs: createJobStore(table),
    requests: createRequestStore(table),
    close: () => table.close(),
  };
}
