import { isoTime } from '../../clock.ts';
import { sideOf } from '../../jobs/cutover-record.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { failsJob, stepsOf } from '../../jobs/steps.ts';
import { isWriteStopBegun, writesStoppedAt, writeStopSeconds } from '../../jobs/write-stop.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import { saveJob } from '../define-task.ts';

/** Writes the milestone: every step of `stopWrites` is done. */
export async function noteWritesStopped(job: CutoverJob, context: TaskContext): Promise<void> {
  const at = writesStoppedAt(job);
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'writes-stopped',
    once: 'writes-stopped',
    message: `The application no longer writes to the source. The cutover has to be asked for within ${job.runbook.maxWriteStop} s of ${at ?? 'now'}.`,
    data: { writesStoppedAt: at ?? null, maxWriteStopSeconds: job.runbook.maxWriteStop },
  });
}

/** Writes down, once, that the application writes again, and how long it could not; or that it was not brought to. */
export async function noteWritesBack(
  job: CutoverJob,
  stage: 'switchWrites' | 'resumeWrites',
  context: TaskContext,
): Promise<void> {
  const steps = stepsOf(job, stage);
  if (steps.some((step) => failsJob(step, job.runbook))) {
    await noteNotBack(job, context);
    return;
  }
  const now = isoTime(context.clock.now());
  const writesBackAt = job.cutover.writesBackAt ?? steps.at(-1)?.record?.endedAt ?? now;
  const back =
    job.cutover.writesBackAt === undefined
      ? await saveJob(job, { cutover: { ...job.cutover, writesBackAt } }, context)
      : job;
  const seconds = writeStopSeconds(back);
  const { source, target } = job.runbook;
  const where =
    stage === 'switchWrites'
      ? `the target ${clusterName(target)}`
      : `the source${source === undefined ? '' : ` ${clusterName(source)}`} again`;
  await context.jobs.append(job.jobId, {
    at: writesBackAt,
    type: stage === 'switchWrites' ? 'writes-switched' : 'writes-resumed',
    once: `writes-back-${stage}`,
    message: `The application writes to ${where}${seconds === null ? '' : `; for ${seconds} s it could not`}.`,
    data: { writesBackAt, writeStopSeconds: seconds },
  });
}

async function noteNotBack(job: CutoverJob, context: TaskContext): Promise<void> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'writes-not-resumed',
    once: 'writes-not-resumed',
    message:
      'Writes were stopped, and the steps of resumeWrites were not all done: let the application write to the source again by hand.',
  });
}

/** Writes to the timeline of a job that ends that writes stay stopped, where the tasks that should let them go on could not. */
export async function noteWritesLeft(job: CutoverJob, context: TaskContext): Promise<void> {
  if (!isWriteStopBegun(job) || job.cutover.writesBackAt !== undefined) return;
  if (sideOf(job.cutover) === 'before') await noteNotBack(job, context);
  else await noteResumeSkipped(job, context);
}

/** Writes to the timeline that writes stay stopped, and why. */
export async function noteResumeSkipped(job: CutoverJob, context: TaskContext): Promise<void> {
  if (job.cutover.writesBackAt !== undefined) return;
  const side = sideOf(job.cutover);
  const why =
    side === 'after'
      ? 'the migration is being cut over, or has been: what is written to the source now would be lost'
      : 'whether the migration is being cut over is not known: what is written to the source now may be lost';
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'resume-skipped',
    once: 'resume-skipped',
    message: `Writes were stopped and stay so, because ${why}. The rollback procedure of the runbook says what to do.`,
    data: { side },
  });
}
