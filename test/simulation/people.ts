import { cancelJob } from '../../core/commands/cancel-job.ts';
import { decideJob, type DecisionRequest } from '../../core/commands/decide-job.ts';
import { LifeboatError } from '../../core/errors.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { ApprovalPlan, JobPlan } from './plan.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Who starts every job. */
export const STARTER = { type: 'cli', who: 'tester' } as const;

/** What people reach a job with. */
export interface People {
  readonly time: VirtualTime;
  readonly jobs: JobStore;
}

/** Answers what a job asks, once it has been asked, as the plan says. What does not count is refused, and that is all. */
export async function answer(jobId: string, plan: ApprovalPlan, { time, jobs }: People): Promise<void> {
  if (plan.answer === 'nothing') return;
  await time.sleep(plan.after * 1000);
  const asked = openRequest(await jobs.get(jobId));
  const decision: DecisionRequest = {
    decision: plan.answer === 'reject' ? 'reject' : 'approve',
    by: plan.answer === 'approve it themselves' ? STARTER : { type: 'cli', who: 'anna' },
    reason: 'Looked at it.',
    plan: plan.answer === 'approve another plan' ? 'f'.repeat(64) : (asked?.request.plan.hash ?? ''),
  };
  await refusedOr(decideJob(jobId, decision, jobs, time));
}

/** Cancels a job when its plan says so. */
export async function cancel(jobId: string, { cancelAfter }: JobPlan, { time, jobs }: People): Promise<void> {
  if (cancelAfter === undefined) return;
  await time.sleep(cancelAfter * 1000);
  await refusedOr(cancelJob(jobId, { by: 'anna', reason: 'Not tonight.' }, jobs, time));
}

async function refusedOr(said: Promise<unknown>): Promise<void> {
  try {
    await said;
  } catch (error) {
    if (!(error instanceof LifeboatError)) throw error;
  }
}
