import { isoTime } from '../../clock.ts';
import { isCutoverJob, isRestoreJob, type Job } from '../../jobs/job.ts';
import { end } from '../../jobs/phases.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import { stepsUnder } from '../../runbooks/steps/step-lists.ts';
import type { StepsState, TaskContext } from '../context.ts';
import { GO, saveJob, type Transition } from '../define-task.ts';

/** The state that runs the steps of a list which may be empty. */
const STATES = {
  ready: 'RunReadySteps',
  before: 'RunBeforeSteps',
  verify: 'RunVerifySteps',
  after: 'RunAfterSteps',
  cleanup: 'RunCleanupSteps',
} as const satisfies Partial<Record<Stage, StepsState>>;

/** The transition to the first of these lists that has steps in the runbook, so that an empty list costs no state. */
export function toSteps({ runbook }: Job, ...lists: (keyof typeof STATES)[]): Transition {
  const first = lists.find((list) => stepsUnder(runbook, list).length > 0);
  return first === undefined ? GO : { next: STATES[first] };
}

/** To the steps of `verify`. Where there are none, the verification ends with Lifeboat's own checks. */
export async function toVerifySteps(job: Job, context: TaskContext): Promise<Transition> {
  const next = toSteps(job, 'verify');
  return next.next === 'go' ? endVerification(job, context) : next;
}

/** The data is back once the steps of `verify` have ended: this is what the RTO is measured to. */
export async function endVerification(job: Job, context: TaskContext): Promise<Transition> {
  if (job.phases.verify?.endedAt === undefined) {
    const now = isoTime(context.clock.now());
    const phases = end(job.phases, 'verify', now);
    if (isRestoreJob(job)) await saveJob(job, { restoredAt: now, phases }, context);
    else await saveJob(job, { phases }, context);
  }
  // A cutover switches the writes over first, which always has steps.
  return isCutoverJob(job) ? GO : toSteps(job, 'after', 'cleanup');
}
