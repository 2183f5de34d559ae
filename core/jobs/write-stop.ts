import { secondsBetween } from '../clock.ts';
import { isCutoverJob, type CutoverJob, type Job } from './job.ts';
import { stepsOf } from './steps.ts';

/**
 * When the application's writes were stopped, ISO 8601 UTC: the first step of `stopWrites` was about to be sent, or, where it
 * only asks people, had its answer. The earliest that may be so, since `maxWriteStop` counts from it. Undefined until then.
 */
export function writesStoppedAt(job: CutoverJob): string | undefined {
  if (job.cutover.writesStoppedAt !== undefined) return job.cutover.writesStoppedAt;
  return stepsOf(job, 'stopWrites')
    .map(({ record }) => record?.sentAt ?? (record?.status === 'failed' ? undefined : record?.endedAt))
    .filter((at) => at !== undefined)
    .sort()[0];
}

/** Whether a step of `stopWrites` has begun: from then on nobody can be sure that the application still writes. */
export function isWriteStopBegun(job: CutoverJob): boolean {
  return stepsOf(job, 'stopWrites').some(({ record }) => record !== undefined);
}

/** Seconds that are left of the runbook's `maxWriteStop`; all of them before writes are stopped, zero or less once it is over. */
export function writeStopLeft(job: CutoverJob, now: string): number {
  const since = writesStoppedAt(job);
  const { maxWriteStop } = job.runbook;
  return since === undefined ? maxWriteStop : maxWriteStop - secondsBetween(since, now);
}

/**
 * How long the application could not write, in whole seconds; null when writes were not stopped, or are not back. It is what
 * lies between both instants as they are printed, without their milliseconds, so that whoever subtracts them gets the same.
 */
export function writeStopSeconds(job: CutoverJob): number | null {
  const since = writesStoppedAt(job);
  const { writesBackAt } = job.cutover;
  if (since === undefined || writesBackAt === undefined) return null;
  return Math.max(0, secondOf(writesBackAt) - secondOf(since));
}

/** The second that an instant lies in, counted from the UNIX epoch. */
function secondOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}

/**
 * Whether the application may be without writes, and the job can still do something about it: by asking for the cutover, or by
 * letting writes go to the source again.
 */
export function isWaitedForWithoutWrites(job: Job): boolean {
  if (!isCutoverJob(job) || !isWriteStopBegun(job)) return false;
  return job.cutover.intent === undefined && job.cutover.writesBackAt === undefined;
}
