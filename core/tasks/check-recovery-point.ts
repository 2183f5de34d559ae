import { isoTime, secondsBetween } from '../clock.ts';
import { targetPolicy } from '../jobs/target-policy.ts';
import { gatherFacts } from '../facts/gather-facts.ts';
import { approvalNeeded } from '../jobs/approvals/needed.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { begin, end } from '../jobs/phases.ts';
import { stepsOf } from '../jobs/steps.ts';
import type { CheckResult } from '../runbooks/check.ts';
import {
  checkRecoveryPoint as guardRecoveryPoint,
  checkTarget as guardTarget,
  decide,
} from '../runbooks/guards.ts';
import { advancingTask, forRestores, GO, saveJob, wait } from './define-task.ts';
import { stopIfBlocked } from './stop-if-blocked.ts';

/** Seconds between looks at a target that a step has made busy. */
const LOOK_AGAIN_SECONDS = 10;

/**
 * All guards with the chosen recovery point, freshly looked up: the last look before data is erased. Skipped while a
 * request to restore is out, because the target is then busy with our own restore. Comes back after each step of `before`,
 * and waits while such a step keeps the target from being idle.
 *
 * @throws GuardsFailedError
 */
export const checkRecoveryPoint = advancingTask(
  forRestores(async (job, context) => {
    if (job.restoreIntent !== undefined) return GO;
    const facts = await gatherFacts(
      job.runbook,
      context.atlas,
      isoTime(context.clock.now()),
      job.recoveryPoint,
    );
    const guards = [
      ...guardTarget(job.runbook, targetPolicy(job), facts.guardFacts),
      ...guardRecoveryPoint(job.runbook, facts.guardFacts),
    ];
    const now = isoTime(context.clock.now());
    if (isBusyWithSteps(job, guards, now)) return wait(LOOK_AGAIN_SECONDS);
    const ended = end(job.phases, 'recoveryPoint', now);
    // Where people are asked first, the restore begins with their answer.
    const phases = approvalNeeded(job) === undefined ? begin(ended, 'restore', now) : ended;
    const passed = decide(guards, job.runbook.guards.unknown).ok;
    const guardsPassedAt = job.guardsPassedAt ?? (passed ? now : undefined);
    await saveJob(job, { guards, phases, ...(guardsPassedAt !== undefined && { guardsPassedAt }) }, context);
    await stopIfBlocked(job, guards, 'recovery-point', context);
    return GO;
  }),
);

/**
 * Whether the target is busy with what a step has just asked for: nothing but `target-idle` stands in the way, and the
 * time that a target may take to settle (`verification.settle`) is not over.
 */
function isBusyWithSteps(job: RestoreJob, guards: readonly CheckResult[], now: string): boolean {
  const { blocking } = decide(guards, job.runbook.guards.unknown);
  const last = stepsOf(job, 'before').findLast(({ record }) => record?.endedAt !== undefined)?.record
    ?.endedAt;
  if (last === undefined || blocking.length === 0) return false;
  const onlyBusy = blocking.every(({ name, outcome }) => name === 'target-idle' && outcome === 'fail');
  return onlyBusy && secondsBetween(last, now) <= job.runbook.verification.settle;
}
