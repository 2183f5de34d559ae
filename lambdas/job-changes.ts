import { handleJobChanges } from './runtime/job-changes-handler.ts';

/** Tells the bus and the metrics what the writes of jobs mean. */
export const handler = handleJobChanges;
