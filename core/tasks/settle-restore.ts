import { isoTime, secondsBetween } from '../clock.ts';
import type { Backups } from '../backups/backups.ts';
import { sentence } from '../sentence.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { GO, saveJob, wait, type Transition } from './define-task.ts';
import { RestoreUnsettledError } from './errors.ts';
import { findRestore, isSettled, type FoundRestore } from './restore-intent.ts';
import { recordStart } from './record-start.ts';
import { LATE_REQUEST_SECONDS } from './settle-seconds.ts';
import { stateOfTarget } from './target-state.ts';

/** Seconds between polls while the outcome of a request is not known. */
const POLL_SECONDS = 10;

/**
 * Reconciles a request whose outcome is not known: adopts the restore job that Atlas made of it, or waits while one may still
 * appear. It is never sent again. That Atlas shows no restore job proves nothing: its list may be behind, and the request may
 * arrive later.
 *
 * @throws RestoreUnsettledError when no restore job appeared and nothing is going on at the target, or when nobody can tell.
 */
export async function settleRestore(
  job: RestoreJob,
  intent: RestoreIntent,
  backups: Backups,
  context: TaskContext,
): Promise<Transition> {
  const found = await findRestore(job, intent, backups, context);
  if ('seen' in found && found.seen !== undefined) return adopt(job, intent, found.seen, context);
  if (!isSettled(intent, context) && intent.alreadyThere !== null) return wait(POLL_SECONDS);
  if (await isTargetBusy(job, intent, context)) return wait(POLL_SECONDS);
  const why =
    'unseen' in found
      ? found.unseen
      : 'Atlas shows no restore job for it, which does not prove that it never arrived';
  throw unsettled(job, intent, why);
}

/** While the target is busy, the restore job may only be missing from a list that is behind. */
async function isTargetBusy(job: RestoreJob, { at }: RestoreIntent, context: TaskContext): Promise<boolean> {
  const { target, timeouts } = job.runbook;
  const now = isoTime(context.clock.now());
  if (target === undefined || secondsBetween(at, now) > timeouts.restore) return false;
  const state = await stateOfTarget(target, context);
  if (state === undefined || state === 'IDLE') return false;
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'restore-untraced',
    once: 'restore-untraced',
    message: `Atlas shows no restore job for the request of ${at}, but ${clusterName(target)} is ${state}: the restore may be under way, so its restore job is looked for until the target is idle.`,
    data: { state },
  });
  return true;
}

async function adopt(
  job: RestoreJob,
  intent: RestoreIntent,
  { id, isAssumed }: FoundRestore,
  context: TaskContext,
): Promise<Transition> {
  const atlas = { ...job.atlas, restoreJobId: id };
  await saveJob(job, { atlas, ...(isAssumed && { restoreAssumed: true as const }) }, context);
  const doubt = isAssumed
    ? ' It says too little to prove that, so the restore cannot be confirmed by it alone.'
    : '';
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-adopted',
    once: 'restore-adopted',
    message: `The request had arrived: restore job ${id} in Atlas is this job's.${doubt}`,
    data: { restoreJobId: id, attempt: intent.attempt, assumed: isAssumed },
  });
  await recordStart(job, id, context);
  return GO;
}

function unsettled(job: RestoreJob, intent: RestoreIntent, why: string): RestoreUnsettledError {
  const { source, target } = job.runbook;
  const onto = target === undefined ? ' for download' : ` onto ${clusterName(target)}`;
  return new RestoreUnsettledError(
    `Whether Atlas took the request of ${intent.at} to restore ${clusterName(source)}${onto} is not known: ${sentence(why)}`,
    { next: nextOf(job, intent) },
  );
}

function nextOf({ runbook }: RestoreJob, { at }: RestoreIntent): string {
  const restoreJobs = `Check the restore jobs of ${clusterName(runbook.source)} in Atlas`;
  if (runbook.target === undefined) return `${restoreJobs}, then run the runbook again if there is none.`;
  const from = isoTime(Date.parse(at) + LATE_REQUEST_SECONDS * 1000);
  return `${restoreJobs}, and the data of ${clusterName(runbook.target)}, before anything uses it. Run the runbook again only when no restore is under way; no other job may work on the target before ${from}, because the request may still arrive.`;
}
