import { isoTime } from '../clock.ts';
import { isForWantOfARole } from '../facts/look.ts';
import { isRestoreJob, type Job } from '../jobs/job.ts';
import type { CheckResult } from '../runbooks/check.ts';
import { decide } from '../runbooks/guards.ts';
import type { TaskContext } from './context.ts';
import { GuardsFailedError } from './errors.ts';

/**
 * Writes the outcome of the guards to the timeline and stops the job when one of them says no.
 *
 * @param stage which of the two looks this was: `target`, or `recovery-point` just before the restore.
 * @throws GuardsFailedError naming every guard that stands in the way.
 */
export async function stopIfBlocked(
  job: Job,
  guards: readonly CheckResult[],
  stage: 'target' | 'recovery-point' | 'cutover' | 'run' | 'campaign',
  context: TaskContext,
): Promise<void> {
  const { ok, blocking } = decide(guards, job.runbook.guards.unknown);
  const unknown = guards.filter((guard) => guard.outcome === 'unknown').length;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: ok ? 'guards-passed' : 'guards-failed',
    message: ok
      ? `${guards.length - unknown} guards passed${unknown > 0 ? `, ${unknown} could not look` : ''}.`
      : `Stopped by ${blocking.map((guard) => guard.name).join(', ')}.`,
    data: { stage, guards: guards.length, blocking: blocking.length, unknown },
    once: `guards-${stage}-${isRestoreJob(job) ? (job.restoreIntent?.attempt ?? 0) : 0}-${ok ? 'passed' : 'failed'}`,
  });
  if (ok) return;
  throw new GuardsFailedError(blocking.map((guard) => guard.message).join(' '), {
    next: adviceFor(blocking, job.runbook.guards.unknown),
  });
}

/** What to do about each cause: a guard that failed, one that lacks a right, and one about which Atlas says nothing. */
function adviceFor(blocking: readonly CheckResult[], unknown: 'stop' | 'continue'): string {
  const unread = blocking.filter(({ outcome }) => outcome === 'unknown');
  const forbidden = unread.filter(({ message }) => isForWantOfARole(message));
  const advice = [
    ...(unread.length < blocking.length
      ? ['Change the runbook or the clusters so that the guards pass; try with: lifeboat plan RUNBOOK']
      : []),
    ...(forbidden.length > 0 ? ['Give the credentials the missing role, then run it again.'] : []),
    ...(forbidden.length < unread.length
      ? ['Find out in Atlas what a guard could not learn, then run it again.']
      : []),
    // Those that keep the wrong cluster from being erased block whatever the runbook says.
    ...(unread.length > 0 && unknown === 'stop'
      ? [
          'Guards that could not look are waived, where that is safe, by guards.unknown: continue in the runbook.',
        ]
      : []),
  ];
  return advice.join(' ');
}
