import { isoTime } from '../clock.ts';
import { gatherFacts } from '../facts/gather-facts.ts';
import { begin, end } from '../jobs/phases.ts';
import { checkRecoveryPoint as guardRecoveryPoint, checkTarget as guardTarget } from '../runbooks/guards.ts';
import { advancingTask, GO, saveJob } from './define-task.ts';
import { stopIfBlocked } from './stop-if-blocked.ts';

/**
 * All guards with the chosen recovery point, freshly looked up: the last look before data is erased. Skipped while a
 * request to restore is out, because the target is then busy with our own restore.
 *
 * @throws GuardsFailedError
 */
export const checkRecoveryPoint = advancingTask(async (job, context) => {
  if (job.restoreIntent !== undefined) return GO;
  const facts = await gatherFacts(
    job.runbook,
    context.atlas,
    isoTime(context.clock.now()),
    job.recoveryPoint,
  );
  const guards = [
    ...guardTarget(job.runbook, job.policy, facts.guardFacts),
    ...guardRecoveryPoint(job.runbook, facts.guardFacts),
  ];
  const now = isoTime(context.clock.now());
  const phases = begin(end(job.phases, 'recoveryPoint', now), 'restore', now);
  await saveJob(job, { guards, phases }, context);
  await stopIfBlocked(job, guards, 'recovery-point', context);
  return GO;
});
