import type { ApprovalRecord } from '../approval-record.ts';
import type { Job } from '../job.ts';
import { isFinal } from '../status.ts';

/** A request that people can answer, and the gate that asks. */
export interface OpenRequest {
  readonly gate: string;
  readonly request: ApprovalRecord;
}

/** The gate of a whole job. */
export const JOB_GATE = 'job';

/** What is asked of people now: the latest request without an outcome whose gate the job still stands at. */
export function openRequest(job: Job): OpenRequest | undefined {
  return Object.entries(job.approvals)
    .map(([gate, request]) => ({ gate, request }))
    .filter(({ gate, request }) => request.outcome === undefined && standsAt(gate, job))
    .sort((one, other) => one.request.requestedAt.localeCompare(other.request.requestedAt))
    .at(-1);
}

/** The latest request that was made, whatever became of it. */
export function latestRequest(job: Job): OpenRequest | undefined {
  return Object.entries(job.approvals)
    .map(([gate, request]) => ({ gate, request }))
    .sort((one, other) => one.request.requestedAt.localeCompare(other.request.requestedAt))
    .at(-1);
}

/** A job that failed or is being cancelled asks nothing any more but what its clean-up needs. */
function standsAt(gate: string, job: Job): boolean {
  if (isFinal(job.status)) return false;
  return (job.failure === undefined && job.cancel === undefined) || outlivesCancel(gate);
}

/** Whether a gate belongs to what is done also after a failure or a cancellation. */
export function outlivesCancel(gate: string): boolean {
  return gate.startsWith('cleanup/') || gate.startsWith('resumeWrites/');
}
