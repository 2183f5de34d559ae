import { isoTime, secondsBetween } from '../../clock.ts';
import { LifeboatError } from '../../errors.ts';
import { type CutoverIntent, type CutoverRecord, sideOf } from '../../jobs/cutover-record.ts';
import { isCutoverJob, type CutoverJob } from '../../jobs/job.ts';
import { isWriteStopBegun } from '../../jobs/write-stop.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import { GO, renewLease, saveJob, wait, type Transition } from '../define-task.ts';
import { nextAfterCancel } from '../next-after-cancel.ts';
import { SETTLE_SECONDS } from '../settle-seconds.ts';
import type { Settled } from '../settled.ts';
import { complete, noteComplete } from './follow-cutover.ts';
import { noteAccepted } from './note-accepted.ts';
import { noteStatus } from './note-status.ts';
import { looksTaken, readNow, type Reading } from './reading.ts';
import { adopt, fateOf, takeBackUnseen } from './settle-cutover.ts';

/** Seconds between looks at a cutover that is under way, or may be. */
const LOOK_AGAIN_SECONDS = 10;

/** What a cutover which stops has done by its record: the worst that may be so, as long as that is not known. */
export function worstOfCutover(job: CutoverJob): { readonly changed: string; readonly unsure?: true } {
  const changed = stateOf(job);
  return sideOf(job.cutover) === 'unknown' ? { changed, unsure: true } : { changed };
}

/**
 * Finds out on which side of the point of no return a job stops. Comes back while that is not known and may still be told, and
 * while a cutover is under way that a cancelled job asked for: Atlas takes none back, so it is followed to its end.
 *
 * @throws the errors of the Atlas client that are worth another try.
 */
export async function settleStoppedCutover(stopped: CutoverJob, context: TaskContext): Promise<Settled> {
  const reading = needsLook(stopped) ? await readOrUnseen(stopped, context) : undefined;
  const { job, way } = await judge(stopped, reading, context);
  if (way.next === 'go') await noteSide(job, context);
  else await renewLease(job, context);
  return { way, next: nextAfterCancel(job), ...worstOfCutover(job) };
}

/** Nothing is to be looked at where nothing was asked and writes go on, or where the end is known. */
function needsLook(job: CutoverJob): boolean {
  const { intent, completedAt, foundCutOverAt } = job.cutover;
  if (completedAt !== undefined || foundCutOverAt !== undefined) return false;
  return (intent !== undefined || isWriteStopBegun(job)) && job.failure?.name !== 'CutoverFailedError';
}

/** The migration; undefined when it can't be looked at, which must not keep the job from closing. */
async function readOrUnseen(job: CutoverJob, context: TaskContext): Promise<Reading | undefined> {
  try {
    return await readNow(job, context);
  } catch (error) {
    if (error instanceof LifeboatError) return undefined;
    throw error;
  }
}

interface Judged {
  readonly job: CutoverJob;
  readonly way: Transition;
}

async function judge(noted: CutoverJob, reading: Reading | undefined, context: TaskContext): Promise<Judged> {
  const read = await context.jobs.get(noted.jobId);
  const job = await noteStatus(isCutoverJob(read) ? read : noted, reading ?? {}, context);
  const { intent } = job.cutover;
  if (intent === undefined) return settleWithoutRequest(job, reading, context);
  if (!needsLook(job)) return { job, way: GO };
  if (reading?.status === 'COMPLETE') {
    const completed = await complete(job, reading, context);
    await noteAccepted(completed, context);
    await noteComplete(completed, reading.at, context);
    return { job: completed, way: GO };
  }
  return job.cutover.acceptedAt === undefined || job.cutover.adopted === true
    ? settleUnanswered(job, intent, reading, context)
    : { job, way: followOrLeave(job, intent, reading, context) };
}

/**
 * This job asked for nothing; but somebody else may have, and then what is written to the source is lost. A migration that looks as
 * if it was being cut over is looked at until that is over, as long as a cutover may take.
 */
async function settleWithoutRequest(
  job: CutoverJob,
  reading: Reading | undefined,
  context: TaskContext,
): Promise<Judged> {
  const { maybeCutOverSince: since, ...cutover } = job.cutover;
  const keep = (record: CutoverRecord) => saveJob(job, { cutover: record }, context);
  const later = (from: string): Transition =>
    secondsBetween(from, isoTime(context.clock.now())) <= job.runbook.timeouts.cutover
      ? wait(LOOK_AGAIN_SECONDS)
      : GO;
  if (reading === undefined) return { job, way: since === undefined ? GO : later(since) };
  if (reading.status === 'COMPLETE') {
    return { job: await keep({ ...cutover, foundCutOverAt: reading.at }), way: GO };
  }
  if (!looksTaken(reading)) return { job: since === undefined ? job : await keep(cutover), way: GO };
  const from = since ?? reading.at;
  return {
    job: since === undefined ? await keep({ ...cutover, maybeCutOverSince: from }) : job,
    way: later(from),
  };
}

async function settleUnanswered(
  job: CutoverJob,
  intent: CutoverIntent,
  reading: Reading | undefined,
  context: TaskContext,
): Promise<Judged> {
  const fate = reading === undefined ? 'open' : fateOf(reading, intent);
  if (fate === 'not-carried-out') return { job: await takeBackUnseen(job, intent, context), way: GO };
  if (fate === 'over') return { job, way: GO };
  if (fate === 'taken' && reading !== undefined) {
    const adopted = job.cutover.adopted === true ? job : await adopt(job, reading, context);
    await noteAccepted(adopted, context);
    return { job: adopted, way: followOrLeave(adopted, intent, reading, context) };
  }
  // A look that was asked for in time tells nothing by coming back late.
  const elapsed = secondsBetween(intent.at, reading?.at ?? isoTime(context.clock.now()));
  return { job, way: elapsed <= SETTLE_SECONDS + LOOK_AGAIN_SECONDS ? wait(LOOK_AGAIN_SECONDS) : GO };
}

/** Only a cancelled job follows its cutover: any other has failed, and people want to know that at once. */
function followOrLeave(
  { failure, runbook }: CutoverJob,
  intent: CutoverIntent,
  reading: Reading | undefined,
  { clock }: TaskContext,
): Transition {
  const isOver = reading?.status === 'FAILED' || reading?.status === 'EXPIRED';
  if (failure?.name !== 'JobCancelledError' || isOver) return GO;
  const elapsed = secondsBetween(intent.at, isoTime(clock.now()));
  return elapsed <= runbook.timeouts.cutover ? wait(LOOK_AGAIN_SECONDS) : GO;
}

async function noteSide(job: CutoverJob, context: TaskContext): Promise<void> {
  const side = sideOf(job.cutover);
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cutover-side',
    once: 'cutover-side',
    message: `The job stopped ${side === 'unknown' ? 'at an unknown side of' : side} the cutover. ${stateOf(job)}`,
    data: { side },
  });
}

/** What is known of the data, as a sentence. */
function stateOf({ cutover, runbook, failure }: CutoverJob): string {
  const { migration } = runbook;
  const target = clusterName(runbook.target);
  const { completedAt, acceptedAt, foundCutOverAt, maybeCutOverSince, intent, attempts, status } = cutover;
  if (completedAt !== undefined) return `Live migration ${migration} was cut over into ${target}.`;
  if (foundCutOverAt !== undefined)
    return `Lifeboat changed nothing in Atlas: live migration ${migration} was cut over into ${target} by somebody else.`;
  if (acceptedAt !== undefined) {
    return failure?.name === 'CutoverFailedError' || status === 'FAILED' || status === 'EXPIRED'
      ? `Live migration ${migration} failed during its cutover: ${target} may hold part of the data.`
      : `Atlas takes no cutover back: that of live migration ${migration} into ${target} goes on.`;
  }
  if (maybeCutOverSince !== undefined)
    return `Lifeboat changed nothing in Atlas, but live migration ${migration} looks as if somebody else cut it over into ${target}: look in Atlas before anything writes again.`;
  if (intent === undefined && attempts > 0)
    return `Live migration ${migration} was not cut over when it was last read: the target still followed its source. ${attempts} request(s) for it got no clear answer, and one may still arrive late: check the migration in Atlas before anything is changed.`;
  return intent === undefined
    ? `Live migration ${migration} was not cut over: the source is what it was.`
    : `Whether live migration ${migration} is cut over into ${target} is not known: look in Atlas before anything writes again.`;
}
