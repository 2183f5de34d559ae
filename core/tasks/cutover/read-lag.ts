import { isoTime, secondsBetween } from '../../clock.ts';
import { LifeboatError } from '../../errors.ts';
import { sentence } from '../../sentence.ts';
import type { LagReading } from '../../jobs/cutover-record.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forCutovers, GO, saveJob, wait, type Transition } from '../define-task.ts';
import { isMissing } from '../unseen.ts';
import { isLow, readNow, readingText, type Reading } from './reading.ts';
import { stopIfOver } from './stop-if-over.ts';
import { cutToWriteStop, stopIfWriteStopOver } from './write-stop-limit.ts';

/**
 * A gap of so many times the time between two readings, and of more than these seconds, ends a row: what happened in between
 * nobody saw.
 */
const LONGEST_GAP = 3;
const SHORT_GAP_SECONDS = 60;

/**
 * Reads the lag once, until it has been low and known as often in a row as the runbook wants. Any other reading, also one
 * that gives no lag or could not be made, begins the row anew.
 *
 * @throws MigrationCutOverError, MigrationFailedError, MigrationExpiredError, WriteStopLimitError
 */
export const readLag = advancingTask(
  forCutovers(async (job, context) => {
    if (job.cutover.intent !== undefined) return GO;
    const early = secondsUntilDue(job, context);
    if (early > 0) return laterIfInTime(job, early, 'the lag is being read', context);
    const reading = await readOrUnseen(job, context);
    if ('unseen' in reading) return beginAnew(job, reading.unseen, context);
    await stopIfOver(job, reading, context);
    if (!isLow(reading, job.runbook.lag)) return beginAnew(job, readingText(reading), context);
    return count(job, reading, context);
  }),
);

/** Seconds until the next reading may count; a task that is delivered twice must not read twice in one moment. */
function secondsUntilDue({ cutover, runbook }: CutoverJob, { clock }: TaskContext): number {
  const last = cutover.readings.at(-1);
  if (last === undefined || isRowComplete(cutover.readings, runbook.lag.readings)) return 0;
  return Math.ceil(runbook.lag.every - secondsBetween(last.at, isoTime(clock.now())));
}

/** Whether enough readings in a row were low. */
export function isRowComplete(readings: readonly LagReading[], wanted: number): boolean {
  return readings.length >= wanted;
}

/** A reading, or why there is none: an Atlas that does not answer counts against the write stop, as a high lag does. */
async function readOrUnseen(
  job: CutoverJob,
  context: TaskContext,
): Promise<Reading | { readonly unseen: string }> {
  try {
    return await readNow(job, context);
  } catch (error) {
    if (isMissing(error) || (error instanceof LifeboatError && error.retryable))
      return { unseen: error.message };
    throw error;
  }
}

/** Forgets the readings so far; whoever asks for the cutover finds none. */
export async function beginAnew(job: CutoverJob, seen: string, context: TaskContext): Promise<Transition> {
  const saved = await saveJob(job, { cutover: { ...job.cutover, readings: [] } }, context);
  const at = isoTime(context.clock.now());
  await context.jobs.append(job.jobId, {
    at,
    type: 'lag-not-low',
    once: `lag-${at}`,
    message: `The migration can't be cut over by this reading: ${sentence(seen)} Wanted are ${job.runbook.lag.readings} in a row of at most ${job.runbook.lag.atMost} s.`,
    data: { atMostSeconds: job.runbook.lag.atMost },
  });
  return laterIfInTime(saved, job.runbook.lag.every, seen, context);
}

async function count(
  job: CutoverJob,
  reading: Reading & { readonly lagSeconds: number },
  context: TaskContext,
): Promise<Transition> {
  const { readings: wanted, every, atMost } = job.runbook.lag;
  const { at, lagSeconds } = reading;
  const before = await unbroken(job, at, context);
  const row = [...before, { at, lagSeconds }].slice(-wanted);
  const saved = await saveJob(job, { cutover: { ...job.cutover, readings: row } }, context);
  await context.jobs.append(job.jobId, {
    at,
    type: 'lag-low',
    once: `lag-${at}`,
    message: `The target is ${lagSeconds} s behind: reading ${row.length} of ${wanted} in a row of at most ${atMost} s.`,
    data: { lagSeconds, reading: row.length, readings: wanted },
  });
  return isRowComplete(row, wanted)
    ? GO
    : laterIfInTime(saved, every, `${row.length} of ${wanted} readings were low`, context);
}

/** The row so far, unless too much time has gone by since: that it begins anew is told. */
async function unbroken(job: CutoverJob, now: string, context: TaskContext): Promise<readonly LagReading[]> {
  const { readings } = job.cutover;
  const last = readings.at(-1);
  if (last === undefined) return readings;
  const gap = Math.round(secondsBetween(last.at, now));
  if (gap <= Math.max(SHORT_GAP_SECONDS, LONGEST_GAP * job.runbook.lag.every)) return readings;
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'lag-row-broken',
    once: `lag-row-${last.at}`,
    message: `Nobody saw the lag for ${gap} s: the row of ${readings.length} low ${readings.length === 1 ? 'reading' : 'readings'} before that does not count.`,
    data: { lastReadAt: last.at, gapSeconds: gap, readings: readings.length },
  });
  return [];
}

function laterIfInTime(job: CutoverJob, seconds: number, seen: string, context: TaskContext): Transition {
  stopIfWriteStopOver(job, seen, context);
  return cutToWriteStop(wait(Math.max(1, Math.ceil(seconds))), job, context);
}
