import type { JobStore } from '../store.ts';
import { durations } from './durations.ts';
import { freezes } from './freezes.ts';
import { jobRecords } from './job-records.ts';
import { leases } from './leases.ts';
import { jobLists } from './list-jobs.ts';
import { timelineEvents } from './timeline-events.ts';
import type { Table } from './table.ts';

/**
 * The history of jobs in a table of the shape in `table-shape.ts`: DynamoDB, or a file on one machine.
 *
 * Every method throws HistoryUnavailableError (retryable) when the table cannot be reached, and HistoryDamagedError
 * when an item was changed by somebody else. Writes are safe to repeat, by the table's client or by the caller.
 */
export function createJobStore(table: Table): JobStore {
  return {
    ...jobRecords(table),
    ...timelineEvents(table),
    ...jobLists(table),
    ...leases(table),
    ...durations(table),
    ...freezes(table),
  };
}
