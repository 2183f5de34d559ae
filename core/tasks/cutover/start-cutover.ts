import { AtlasCredentialsError, AtlasError, mayHaveTakenEffect } from '../../atlas/errors.ts';
import { isoTime, secondsBetween } from '../../clock.ts';
import { LifeboatError } from '../../errors.ts';
import { type CutoverIntent, withoutIntent } from '../../jobs/cutover-record.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import { amend } from '../amend.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forCutovers, GO, saveJob, wait, type Transition } from '../define-task.ts';
import { STALE_INTENT_SECONDS } from '../settle-seconds.ts';
import { stopIfFrozen } from '../stop-if-frozen.ts';
import { CutoverRefusedError } from './errors.ts';
import { noteAccepted } from './note-accepted.ts';
import { beginAnew, isRowComplete } from './read-lag.ts';
import { isLow, isStanding, readNow, readingText } from './reading.ts';
import { settleCutover } from './settle-cutover.ts';
import { stopIfOver } from './stop-if-over.ts';
import { stopIfWriteStopOver } from './write-stop-limit.ts';

/** Seconds until a request whose answer was lost is first looked for. */
const LOOK_SECONDS = 5;

/**
 * Asks Atlas to cut the migration over, at most once for a job, whatever is lost, repeated or killed.
 *
 * The migration is read once more in the same delivery, then the intent is written down, then the request is sent. Whoever
 * finds an intent that Atlas has not answered reads the migration before anything is sent again (settle-cutover.ts).
 *
 * @throws FrozenError, CutoverRefusedError, CutoverUnsettledError, CutoverFailedError, WriteStopLimitError, and what ReadLag throws.
 */
export const startCutover = advancingTask(
  forCutovers(async (job, context) => {
    const { cutover, runbook } = job;
    if (cutover.acceptedAt !== undefined) {
      await noteAccepted(job, context);
      return GO;
    }
    if (cutover.intent !== undefined) return settleCutover(job, cutover.intent, context);
    stopIfWriteStopOver(job, 'the lag was low only now', context);
    if (!isRowComplete(cutover.readings, runbook.lag.readings)) return wait(1);
    const reading = await readNow(job, context);
    await stopIfOver(job, reading, context);
    if (!isLow(reading, runbook.lag)) return beginAnew(job, readingText(reading), context);
    await stopIfFrozen('Atlas was not asked to cut over.', context);
    const intent = { at: reading.at, attempt: cutover.attempts + 1, lagSeconds: reading.lagSeconds };
    return request(await writeIntent(job, intent, context), intent, context);
  }),
);

/** Written only if nobody, such as somebody who cancels, has written the job since it was read. */
async function writeIntent(
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<CutoverJob> {
  const cutover = { ...job.cutover, intent, attempts: intent.attempt };
  return saveJob(job, { cutover }, context);
}

async function request(job: CutoverJob, intent: CutoverIntent, context: TaskContext): Promise<Transition> {
  const { target, migration } = job.runbook;
  if (secondsBetween(intent.at, isoTime(context.clock.now())) > STALE_INTENT_SECONDS) {
    // Nothing was sent for it, which nobody knows as surely as this process; and the reading is an old one by now.
    await takeBack(job, intent, context);
    return wait(1);
  }
  try {
    await context.atlas.liveMigrations.cutoverMigration({
      groupId: target.project,
      liveMigrationId: migration,
    });
  } catch (error) {
    return afterError(error, job, intent, context);
  }
  const acceptedAt = isoTime(context.clock.now());
  const accepted = await amend(
    job,
    (current) =>
      isSame(current.cutover.intent, intent)
        ? { ...current, cutover: { ...current.cutover, acceptedAt } }
        : undefined,
    context,
  );
  await noteAccepted(accepted, context);
  return GO;
}

function isSame(one: CutoverIntent | undefined, other: CutoverIntent): boolean {
  return one?.at === other.at && one.attempt === other.attempt;
}

/** Takes back an intent that certainly led to nothing: only requests without a clear answer count as attempts. */
async function takeBack(job: CutoverJob, intent: CutoverIntent, context: TaskContext): Promise<void> {
  await amend(
    job,
    (current) =>
      isSame(current.cutover.intent, intent) && current.cutover.acceptedAt === undefined
        ? { ...current, cutover: { ...withoutIntent(current.cutover), attempts: intent.attempt - 1 } }
        : undefined,
    context,
  );
}

async function afterError(
  error: unknown,
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<Transition> {
  if (mayHaveTakenEffect(error)) return noteLostReply(job, intent, context);
  if (error instanceof LifeboatError && error.retryable) {
    await takeBack(job, intent, context);
    return noteNotYet(job, intent, error.message, context);
  }
  if (await mayBeCutOver(error, job, intent, context)) return noteLostReply(job, intent, context);
  await takeBack(job, intent, context);
  throw refused(error, job);
}

/**
 * Whether a refusal may mean that the migration is being cut over already, by somebody else or by an earlier request of this
 * job. For want of a right it does not; otherwise the migration itself tells.
 */
async function mayBeCutOver(
  error: unknown,
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<boolean> {
  if (!(error instanceof AtlasError) || error.status === 403) return false;
  if (intent.attempt > 1) return true;
  try {
    return !isStanding(await readNow(job, context));
  } catch {
    return true;
  }
}

function refused(error: unknown, job: CutoverJob): unknown {
  if (!(error instanceof AtlasError) && !(error instanceof AtlasCredentialsError)) return error;
  const { migration, target } = job.runbook;
  return new CutoverRefusedError(
    `Atlas refused to cut live migration ${migration} over into ${clusterName(target)}: ${error.message}`,
    {
      next: error.next ?? 'Look at the migration in Atlas before running the runbook again.',
      cause: error,
    },
  );
}

async function noteLostReply(
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<Transition> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cutover-reply-lost',
    once: `cutover-reply-lost-${intent.attempt}`,
    message:
      'Atlas gave no clear answer to the request to cut over; the migration is read before anything is sent again.',
    data: { attempt: intent.attempt },
  });
  return wait(LOOK_SECONDS);
}

async function noteNotYet(
  job: CutoverJob,
  intent: CutoverIntent,
  message: string,
  context: TaskContext,
): Promise<Transition> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cutover-not-yet',
    once: `cutover-not-yet-${intent.at}`,
    message: `Atlas did not take the request to cut over: ${message} The lag is read again first.`,
  });
  return wait(LOOK_SECONDS);
}
