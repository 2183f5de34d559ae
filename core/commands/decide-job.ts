import { isoTime, type Clock } from '../clock.ts';
import type { ApprovalDecision, RefusedBecause } from '../jobs/approval-record.ts';
import { ApprovalRefusedError } from '../jobs/approvals/errors.ts';
import { decisionEvents, refusedEvent } from '../jobs/approvals/events.ts';
import { latestRequest, openRequest, type OpenRequest } from '../jobs/approvals/open-request.ts';
import { refusalOf } from '../jobs/approvals/rules.ts';
import type { Job } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import { update } from '../jobs/update.ts';

/** What somebody says of a job that asks for approval. `plan`: the hash of the plan they looked at, or its beginning. */
export type DecisionRequest = Omit<ApprovalDecision, 'at'>;

/** Fewest digits of a plan's hash that name it. */
export const FEWEST_PLAN_DIGITS = 8;

/**
 * Writes what somebody says to what a job asks, if it counts. Whether it does is judged by the job as it is when it is
 * written; the timeline tells of every attempt. The workflow finds the decision in the job's record; where it sleeps on a
 * token, the host wakes it (see `taskToken` of the job that this gives).
 *
 * @throws ApprovalRefusedError when it does not count, JobNotFoundError, JobConflictError
 */
export async function decideJob(
  jobId: string,
  request: DecisionRequest,
  jobs: JobStore,
  clock: Clock,
): Promise<Job> {
  return update(async () => {
    const job = await jobs.get(jobId);
    const open = openRequest(job);
    // The clocks of two machines differ a little, and nobody answers before they are asked.
    const asked = Date.parse(open?.request.requestedAt ?? job.createdAt);
    const at = isoTime(Math.max(clock.now(), asked));
    const said = { ...request, at, plan: wholeHash(request.plan, open) };
    const because = whyRefused(said, open, job);
    if (open === undefined || because !== undefined) {
      const gate = (open ?? latestRequest(job))?.gate ?? null;
      await jobs.append(jobId, refusedEvent(gate, said, because ?? 'not-asked'));
      throw new ApprovalRefusedError(jobId, said.by.who, because ?? 'not-asked');
    }
    return write(said, open, job, jobs);
  });
}

/** The hash that a person meant by its beginning; anything else stays what it is, and names no plan. */
function wholeHash(plan: string, open: OpenRequest | undefined): string {
  const hash = open?.request.plan.hash ?? '';
  return plan.length >= FEWEST_PLAN_DIGITS && hash.startsWith(plan.toLowerCase()) ? hash : plan;
}

function whyRefused(
  said: ApprovalDecision,
  open: OpenRequest | undefined,
  job: Job,
): RefusedBecause | undefined {
  // What was asked once and is asked no more was answered, or came to its end without an answer.
  if (open === undefined) return latestRequest(job) === undefined ? 'not-asked' : 'late';
  return refusalOf(said, open.request, job);
}

async function write(said: ApprovalDecision, open: OpenRequest, job: Job, jobs: JobStore): Promise<Job> {
  const { gate } = open;
  const request = { ...open.request, decisions: [...open.request.decisions, said] };
  const saved = await jobs.save({
    ...job,
    approvals: { ...job.approvals, [gate]: request },
    updatedAt: said.at,
  });
  for (const event of decisionEvents(job, { gate, request })) await jobs.append(job.jobId, event);
  return saved;
}
