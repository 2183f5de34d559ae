import { isoTime } from '../../clock.ts';
import type { CheckResult } from '../../runbooks/check.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { decide } from '../../runbooks/guards.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forCutovers, saveJob } from '../define-task.ts';
import { toSteps } from '../steps/to-steps.ts';
import { stopIfBlocked } from '../stop-if-blocked.ts';
import { isPastGuards, lookAtGuards } from './check-guards.ts';
import { MigrationNotReadyError } from './errors.ts';
import { noteExpiring } from './note-expiring.ts';

/**
 * All guards, with the migration as it stands: the last look before people are asked, and each time they have answered.
 *
 * @throws GuardsFailedError, MigrationNotReadyError (worth another try), and what CheckMigration throws.
 */
export const checkCutover = advancingTask(
  forCutovers(async (job, context) => {
    if (isPastGuards(job)) return toSteps(job, 'before');
    const guards = await lookAtGuards(job, 'last', context);
    stopIfNotReady(job, guards);
    await saveJob(job, { guards, ...passed(job, guards, context) }, context);
    await noteExpiring(job, context);
    await stopIfBlocked(job, guards, 'cutover', context);
    return toSteps(job, 'before');
  }),
);

function passed(job: CutoverJob, guards: readonly CheckResult[], context: TaskContext): Partial<CutoverJob> {
  const { ok } = decide(guards, job.runbook.guards.unknown);
  return ok ? { guardsPassedAt: isoTime(context.clock.now()) } : {};
}

/** Readiness may come and go. It is looked at a few times more before the job gives up. */
function stopIfNotReady({ runbook }: CutoverJob, guards: readonly CheckResult[]): void {
  const [first, ...more] = decide(guards, runbook.guards.unknown).blocking;
  if (first?.name !== 'migration-ready' || first.outcome !== 'fail' || more.length > 0) return;
  throw new MigrationNotReadyError(`${first.message} It was ready before.`, {
    changed: 'Nothing was changed.',
    next: 'Look at the migration in Atlas; run the runbook again once it is ready.',
  });
}
