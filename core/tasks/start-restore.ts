import { jobName } from '../jobs/simulated.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import { mayHaveTakenEffect } from '../atlas/errors.ts';
import { isObjectId } from '../atlas/schemas.ts';
import type { Backups, RestoreRequest, RestoreState } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import { compareRestore, compareTarget } from '../backups/same-restore.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { planLooks } from '../polling/look-plan.ts';
import { amend } from './amend.ts';
import { claimRestore } from './claim-restore.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, forRestores, GO, saveJob, wait, type Transition } from './define-task.ts';
import { NoRecoveryPointError } from './errors.ts';
import { refusalOf } from './refusal.ts';
import { withoutIntent } from './restore-intent.ts';
import { recordStart } from './record-start.ts';
import { settleRestore } from './settle-restore.ts';
import { stopIfFrozen } from './stop-if-frozen.ts';
import { STALE_INTENT_SECONDS } from './settle-seconds.ts';
import { restoreClass } from './work-class.ts';

/** Seconds until Atlas is asked again after "not yet". */
const NOT_YET_SECONDS = 30;

/**
 * Asks Atlas for the restore, at most once for a job, whatever is lost, repeated or killed.
 *
 * Atlas has no idempotency key. So the intent is written down before the request is sent. Whoever finds an intent without
 * a restore job looks for it in Atlas, and sends nothing (settle-restore.ts). Only a request that surely did not reach Atlas, or
 * that Atlas refused, is followed by another. The way on says when to look first.
 *
 * @throws FrozenError, RestoreRefusedError, RestoreUnsettledError
 */
export const startRestore = advancingTask(
  forRestores(async (job, context) => {
    const way = await start(job, context);
    return way.next === 'go' ? { ...way, waitSeconds: await firstLookSeconds(job, context) } : way;
  }),
);

async function start(job: RestoreJob, context: TaskContext): Promise<Transition> {
  if (job.atlas.restoreJobId !== undefined) {
    await recordStart(job, job.atlas.restoreJobId, context);
    return GO;
  }
  const backups = await backupsOf(job.runbook.source, context.atlas);
  if (job.restoreIntent !== undefined) return settleRestore(job, job.restoreIntent, backups, context);

  await stopIfFrozen('Atlas was not asked to restore.', context);
  const request = requestFor(job);
  const planned = await planRequest(job, request, backups, context);
  if (secondsBetween(planned.intent.at, isoTime(context.clock.now())) > STALE_INTENT_SECONDS) {
    // Nothing was sent for it, which nobody knows as surely as this process.
    await takeBack(planned.job, context);
    return wait(1);
  }
  return sendRequest(planned.job, request, backups, context);
}

/** Right after the request there is nothing to see yet; a restore that another process asked for may be over. */
async function firstLookSeconds(job: RestoreJob, context: TaskContext): Promise<number> {
  const plan = planLooks(await context.jobs.durations(restoreClass(job)));
  const now = isoTime(context.clock.now());
  const elapsed = job.restoreIntent === undefined ? 0 : secondsBetween(job.restoreIntent.at, now);
  return Math.max(0, Math.ceil(plan.waitSeconds(0) - elapsed));
}

/** Writes the intent, together with the restore jobs that are, or may be, onto the same target and are not ours. */
async function planRequest(
  job: RestoreJob,
  request: RestoreRequest,
  backups: Backups,
  context: TaskContext,
): Promise<{ job: RestoreJob; intent: RestoreIntent }> {
  const same = await look('the restore jobs of the source', async () =>
    (await backups.restores())
      .filter((restore) => compareTarget(request.target, restore) !== 'other')
      .map((restore) => restore.id),
  );
  const intent: RestoreIntent = {
    ...request,
    at: isoTime(context.clock.now()),
    attempt: job.restoreAttempts + 1,
    alreadyThere: 'seen' in same ? same.seen : null,
  };
  return {
    job: await saveJob(job, { restoreIntent: intent, restoreAttempts: intent.attempt }, context),
    intent,
  };
}

async function sendRequest(
  job: RestoreJob,
  request: RestoreRequest,
  backups: Backups,
  context: TaskContext,
): Promise<Transition> {
  let started: RestoreState;
  try {
    started = await backups.startRestore(request);
  } catch (error) {
    // The intent stays: the next delivery settles what became of the request.
    if (mayHaveTakenEffect(error)) return noteLostReply(job, context);
    // It never left this machine, or Atlas refused it.
    await takeBack(job, context);
    const refusal = refusalOf(error, job);
    if (refusal.kind === 'not-yet') return noteNotYet(job, refusal.message, context);
    throw refusal.error;
  }
  // The id in the reply to our own request is ours, unless what the reply says is of another restore.
  if (!isObjectId(started.id) || compareRestore(request, started) === 'other')
    return noteLostReply(job, context);
  // A job that lost its own reply has taken ours for its own: what became of its request is ours.
  if (!(await claimRestore(job, started.id, context))) return noteTaken(job, started.id, context);
  const known = await amend(
    job,
    (current) =>
      isStillAsked(current, job)
        ? { ...current, atlas: { ...current.atlas, restoreJobId: started.id } }
        : undefined,
    context,
  );
  // Another delivery has settled the request meanwhile, or the job was closed: the next one sees how that ended.
  if (known.atlas.restoreJobId !== started.id) return wait(1);
  await recordStart(known, started.id, context);
  return GO;
}

/** Takes back the intent of a request that surely led to nothing, whoever has written the job meanwhile. */
async function takeBack(job: RestoreJob, context: TaskContext): Promise<void> {
  await amend(job, (current) => (isStillAsked(current, job) ? withoutIntent(current) : undefined), context);
}

/** Whether the job still waits for what became of the request that was written down in `then`. */
function isStillAsked(current: RestoreJob, then: RestoreJob): boolean {
  const { atlas, restoreIntent, status } = current;
  return (
    !isFinal(status) &&
    atlas.restoreJobId === undefined &&
    restoreIntent?.at === then.restoreIntent?.at &&
    restoreIntent?.attempt === then.restoreIntent?.attempt
  );
}

async function noteLostReply(job: RestoreJob, context: TaskContext): Promise<Transition> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-reply-lost',
    once: `restore-reply-lost-${job.restoreAttempts}`,
    message:
      'Atlas gave no clear answer to the request to restore, which is not sent again; what became of it is looked for among the restore jobs in Atlas.',
  });
  return wait(5);
}

async function noteTaken(job: RestoreJob, restoreJobId: string, context: TaskContext): Promise<Transition> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-taken',
    once: `restore-taken-${restoreJobId}`,
    message: `Another job asked Atlas for the same, lost the reply, and took restore job ${restoreJobId} for its own; what became of its request is looked for.`,
    data: { restoreJobId },
  });
  return wait(5);
}

async function noteNotYet(job: RestoreJob, message: string, context: TaskContext): Promise<Transition> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-not-yet',
    once: `restore-not-yet-${message}`,
    message: `Atlas cannot start the restore yet: ${message}`,
  });
  return wait(NOT_YET_SECONDS);
}

function requestFor(job: RestoreJob): RestoreRequest {
  const { recoveryPoint, runbook } = job;
  if (recoveryPoint === undefined) {
    throw new NoRecoveryPointError(`Job ${jobName(job)} has no recovery point yet.`);
  }
  return {
    delivery: runbook.delivery,
    ...(recoveryPoint.snapshot !== undefined && { snapshotId: recoveryPoint.snapshot.id }),
    ...(recoveryPoint.pointInTime !== undefined && { pointInTime: recoveryPoint.pointInTime }),
    ...(runbook.target !== undefined && { target: runbook.target }),
  };
}
