import { isoTime, secondsBetween } from '../../clock.ts';
import { LifeboatError } from '../../errors.ts';
import { sentence } from '../../sentence.ts';
import { type CutoverIntent, withoutIntent } from '../../jobs/cutover-record.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import { GO, saveJob, wait, type Transition } from '../define-task.ts';
import { SETTLE_SECONDS } from '../settle-seconds.ts';
import { isMissing, maySeeLater, noteUnseen } from '../unseen.ts';
import { CutoverFailedError, CutoverUnsettledError } from './errors.ts';
import { noteAccepted } from './note-accepted.ts';
import { noteStatus } from './note-status.ts';
import { isStanding, looksTaken, readNow, readingText, type Reading } from './reading.ts';

/** Seconds between looks while settling. */
const LOOK_AGAIN_SECONDS = 10;
/** Requests in all that may be sent for one job; each one after the first follows one that was not carried out. */
const MOST_ATTEMPTS = 3;

/** What a reading tells of a request whose answer is not known. */
export type Fate = 'taken' | 'not-carried-out' | 'over' | 'open';

/**
 * What became of a request that was about to be sent at `intent.at`. That the target still follows its source says nothing
 * until the request can no longer be on its way.
 */
export function fateOf(reading: Reading, intent: CutoverIntent): Fate {
  if (reading.status === 'COMPLETE' || looksTaken(reading)) return 'taken';
  if (reading.status === 'FAILED' || reading.status === 'EXPIRED') return 'over';
  const mayArrive = secondsBetween(intent.at, reading.at) <= SETTLE_SECONDS;
  return isStanding(reading) && !mayArrive ? 'not-carried-out' : 'open';
}

/**
 * Finds out what became of a request whose answer is not known, by reading the migration: adopts the cutover that Atlas carries
 * out, waits while it may still begin, or takes the intent back when it surely was not carried out, so that the lag is read
 * afresh before the next request.
 *
 * @throws CutoverFailedError, CutoverUnsettledError
 */
export async function settleCutover(
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<Transition> {
  const reading = await readOrLater(job, intent, context);
  if (reading === undefined) return wait(LOOK_AGAIN_SECONDS);
  switch (fateOf(reading, intent)) {
    case 'taken':
      await noteAccepted(await adopt(job, reading, context), context);
      return GO;
    case 'over':
      throw cutoverFailed(await noteStatus(job, reading, context), reading);
    case 'not-carried-out':
      return askAgain(job, intent, context);
    case 'open':
      stopIfTooLong(job, intent, readingText(reading), context);
      return wait(LOOK_AGAIN_SECONDS);
  }
}

/** The migration; undefined while Atlas does not answer and there is time. */
async function readOrLater(
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<Reading | undefined> {
  try {
    return await readNow(job, context);
  } catch (error) {
    if (maySeeLater(error) || isMissing(error)) {
      await noteUnseen(job, { what: 'cutover', title: 'The cutover' }, error, context);
      stopIfTooLong(job, intent, error.message, context);
      return undefined;
    }
    if (error instanceof LifeboatError) throw unsettled(job, intent, error.message);
    throw error;
  }
}

/** The job with the cutover that Atlas was seen to carry out as its own. */
export function adopt(job: CutoverJob, { at }: Reading, context: TaskContext): Promise<CutoverJob> {
  return saveJob(job, { cutover: { ...job.cutover, acceptedAt: at, adopted: true } }, context);
}

/** Takes an intent back that surely led to nothing, and says so in the timeline. */
export async function takeBackUnseen(
  job: CutoverJob,
  intent: CutoverIntent,
  context: TaskContext,
): Promise<CutoverJob> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cutover-request-lost',
    once: `cutover-request-lost-${intent.attempt}`,
    message: `The request of ${intent.at} was not carried out so far: the target still follows its source.`,
    data: { attempt: intent.attempt },
  });
  return saveJob(job, { cutover: withoutIntent(job.cutover) }, context);
}

async function askAgain(job: CutoverJob, intent: CutoverIntent, context: TaskContext): Promise<Transition> {
  await takeBackUnseen(job, intent, context);
  if (intent.attempt < MOST_ATTEMPTS) return wait(1);
  const { migration, target } = job.runbook;
  throw new CutoverUnsettledError(
    `Atlas answered none of ${intent.attempt} requests to cut live migration ${migration} over into ${clusterName(target)}, and was not seen to carry one of them out.`,
    {
      next: 'Check the migration in Atlas, where a request may still arrive late, and whether Atlas has an incident, before running the runbook again.',
    },
  );
}

function stopIfTooLong(job: CutoverJob, intent: CutoverIntent, seen: string, { clock }: TaskContext): void {
  if (secondsBetween(intent.at, isoTime(clock.now())) <= job.runbook.timeouts.cutover) return;
  throw unsettled(job, intent, seen);
}

function unsettled({ runbook }: CutoverJob, intent: CutoverIntent, why: string): CutoverUnsettledError {
  const { migration, target } = runbook;
  return new CutoverUnsettledError(
    `Whether Atlas cuts live migration ${migration} over into ${clusterName(target)}, as it was asked at ${intent.at}, is not known: ${sentence(why)}`,
    { next: 'Look at the migration in Atlas before anything writes again, to the source or to the target.' },
  );
}

/** The error for a migration that Atlas gave up once its cutover had been asked for. */
export function cutoverFailed({ runbook }: CutoverJob, { status }: Reading): CutoverFailedError {
  const { migration, target } = runbook;
  return new CutoverFailedError(
    `Atlas says that live migration ${migration} into ${clusterName(target)} is ${status ?? 'over'} after its cutover was asked for; it gives no reason.`,
    {
      next: 'Follow the rollback procedure of the runbook; let nothing write before you have looked at both clusters.',
    },
  );
}
