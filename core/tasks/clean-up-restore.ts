import { isoTime, secondsBetween } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { LeaseHeldError } from '../jobs/errors.ts';
import { isRestoreJob, type RestoreIntent, type RestoreJob } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { nextLookSeconds } from '../polling/next-look.ts';
import type { TaskContext } from './context.ts';
import { GO, renewLease, saveJob, wait } from './define-task.ts';
import { leaveRestore, type RestoreLeft } from './leave-restore.ts';
import { isSettled } from './restore-intent.ts';
import type { Settled } from './settled.ts';

/** Seconds between looks for a request whose fate is not known. */
const SETTLING_SECONDS = 10;

/**
 * Finds out what became of the restore of a job that stops. One that was cancelled is followed to its end where the runbook
 * says so, because Atlas stops no restore onto a cluster; otherwise Atlas is left with it, and the job keeps its lease.
 *
 * @throws the errors of the Atlas client that are worth another try.
 */
export async function settleStoppedRestore(job: RestoreJob, context: TaskContext): Promise<Settled> {
  const { restoreIntent } = job;
  if (restoreIntent === undefined) return { way: GO };
  const follows = isFollowed(job, restoreIntent, context);
  if (follows) await keepLease(job, context);
  const left = await lookAt(job, restoreIntent, follows, context);
  const goesOn = left?.goesOn ?? job.runbook.target !== undefined;
  const noted = await noteGoesOn(job, goesOn, context);
  if (left === undefined) {
    // A download is found, and cancelled, only once its request can't arrive any more; that is soon.
    const isDownload = job.runbook.target === undefined && !isSettled(restoreIntent, context);
    return { way: follows || isDownload ? wait(SETTLING_SECONDS) : GO };
  }
  const settled = {
    changed: left.changed,
    next: left.next,
    ...(left.unsure === true && { unsure: left.unsure }),
  };
  if (!left.goesOn) {
    if (job.restoreGoesOn) await noteEnd(noted, left, context);
    return { way: GO, ...settled };
  }
  // There is nothing to follow where Atlas shows no restore job, and it is said by now that one may still come.
  if (left.unsure === true) return { way: GO, ...settled };
  await noteWhatHappens(noted, left, follows, context);
  const elapsed = secondsBetween(restoreIntent.at, isoTime(context.clock.now()));
  const way = follows ? wait(nextLookSeconds(elapsed)) : GO;
  return { way, ...settled };
}

/** Only a cancelled job is followed: any other has failed, and people want to know that at once. */
function isFollowed(
  { failure, runbook }: RestoreJob,
  { at }: RestoreIntent,
  { clock }: TaskContext,
): boolean {
  if (failure?.name !== 'JobCancelledError' || runbook.onCancel === 'leave') return false;
  return secondsBetween(at, isoTime(clock.now())) <= runbook.timeouts.restore;
}

/** A restore that is followed may take longer than a lease; what another job has taken meanwhile stays its own. */
async function keepLease(job: RestoreJob, context: TaskContext): Promise<void> {
  try {
    await renewLease(job, context);
  } catch (error) {
    if (!(error instanceof LeaseHeldError)) throw error;
  }
}

/** What Atlas says of the restore; undefined when it can't be asked, which must not keep the job from closing. */
async function lookAt(
  job: RestoreJob,
  intent: RestoreIntent,
  follows: boolean,
  context: TaskContext,
): Promise<RestoreLeft | undefined> {
  try {
    return await leaveRestore(job, intent, context);
  } catch (error) {
    // A restore of hours outlives an Atlas that does not answer for a while.
    if (error instanceof LifeboatError && (follows || !error.retryable)) return undefined;
    throw error;
  }
}

/** Whether the target may still be being overwritten decides what becomes of the lease. */
async function noteGoesOn(job: RestoreJob, goesOn: boolean, context: TaskContext): Promise<RestoreJob> {
  const current = await context.jobs.get(job.jobId);
  if (!isRestoreJob(current) || isFinal(current.status)) return job;
  if ((current.restoreGoesOn === true) === goesOn) return job;
  const { restoreGoesOn, ...rest } = current;
  return saveJob<RestoreJob>(restoreGoesOn === true ? rest : { ...rest, restoreGoesOn: true }, {}, context);
}

/** Tells, once, that the restore cannot be stopped and what Lifeboat does instead. */
async function noteWhatHappens(
  job: RestoreJob,
  { changed }: RestoreLeft,
  follows: boolean,
  context: TaskContext,
): Promise<void> {
  const { onCancel } = job.runbook;
  const instead = follows
    ? 'Lifeboat follows it to its end.'
    : `Lifeboat leaves it${onCancel === 'leave' ? ', as the runbook says' : ''}; no other job may work on the target until it is over.`;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-goes-on',
    once: `restore-goes-on-${follows ? 'followed' : 'left'}`,
    message: `${changed} ${instead}`,
    data: { restoreJobId: job.atlas.restoreJobId ?? null, followed: follows },
  });
}

async function noteEnd(job: RestoreJob, { changed }: RestoreLeft, context: TaskContext): Promise<void> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-over',
    once: 'restore-over',
    message: `The restore that could not be stopped is over. ${changed}`,
    data: { restoreJobId: job.atlas.restoreJobId ?? null },
  });
}
