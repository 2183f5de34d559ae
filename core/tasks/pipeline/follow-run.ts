import { isoTime, secondsBetween } from '../../clock.ts';
import type { LifeboatError } from '../../errors.ts';
import type { PipelineJob } from '../../jobs/job.ts';
import { begin, end } from '../../jobs/phases.ts';
import { runProgress, runTitle } from '../../jobs/run-title.ts';
import { nextLookSeconds } from '../../polling/next-look.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forPipelines, GO, saveJob, wait } from '../define-task.ts';
import { stopIfLate } from '../stopping.ts';
import { isGone, seenAgain } from '../gone.ts';
import { isMissing, maySeeLater, noteUnseen } from '../unseen.ts';
import { PipelineOutcomeUnknownError, PipelineTimeLimitError } from './errors.ts';
import { badEndOf, lookAtRun, recordOf, type RunSeen } from './look-at-run.ts';

/**
 * Looks whether the run is done, and writes down how far it has come. Once it was seen done, what becomes of its data set is
 * for the verification to judge.
 *
 * @throws PipelineRunFailedError, PipelineDatasetDeletedError, PipelineTimeLimitError, JobTimeLimitError,
 * PipelineOutcomeUnknownError
 */
export const followRun = advancingTask(
  forPipelines(async (job, context) => {
    if (job.run.doneAt !== undefined) {
      await noteDone(job, job.run.doneAt, context);
      return GO;
    }
    const looked = await lookIfPossible(job, context);
    if (looked === undefined) return waitInTime(job, context);
    const seen = { ...looked, job: await seenAgain(looked.job, context) };
    const badEnd = badEndOf(seen);
    if (badEnd !== undefined) {
      await keep(seen, context);
      throw badEnd;
    }
    if (seen.state.outcome === 'running') return waitInTime(await noteProgress(seen, context), context);
    await recordDone(seen, context);
    return GO;
  }),
);

/** The run as it stands; undefined while Atlas does not answer, or lets nobody look, which limits end. */
async function lookIfPossible(job: PipelineJob, context: TaskContext): Promise<RunSeen | undefined> {
  try {
    return await lookAtRun(job, context);
  } catch (error) {
    if (isMissing(error)) {
      if (await isGone(job, capital(runTitle(job)), context)) throw goneWhileFollowed(job, error);
      return undefined;
    }
    if (!maySeeLater(error)) throw error;
    await noteUnseen(job, { what: 'run', title: 'The run' }, error, context);
    return undefined;
  }
}

/** It was there when the job began, so what the first answer of that kind advises about its id does not fit any more. */
function goneWhileFollowed(job: PipelineJob, cause: LifeboatError): PipelineOutcomeUnknownError {
  return new PipelineOutcomeUnknownError(
    `Atlas no longer knows ${runTitle(job)}, which was ${job.run.state ?? 'of no known state'} when it was last read. How it ended is not known.`,
    {
      next: 'Check in Atlas, and where it exports to, what was written; export again if it is not complete.',
      cause,
    },
  );
}

/** The job with what was seen of its run, written only when it is news. */
function keep({ job, state }: RunSeen, context: TaskContext): Promise<PipelineJob> {
  const run = recordOf(job.run, state);
  if (JSON.stringify(run) === JSON.stringify(job.run)) return Promise.resolve(job);
  return saveJob(job, { run }, context);
}

/** Each state and each phase is told once; how many collections are exported is shown, but not told each time. */
async function noteProgress(seen: RunSeen, context: TaskContext): Promise<PipelineJob> {
  const job = await keep(seen, context);
  const { state, phase } = seen.state;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'run-progress',
    once: `run-progress-${job.run.follows}-${state}-${phase ?? ''}`,
    message: `${capital(runTitle(job))} is ${state}${phase === undefined ? '' : `, phase ${phase}`}.`,
    data: { state, phase: phase ?? null, snapshotId: seen.state.snapshotId ?? null },
  });
  return job;
}

async function recordDone({ job, state }: RunSeen, context: TaskContext): Promise<void> {
  const doneAt = isoTime(context.clock.now());
  const phases = begin(end(job.phases, 'run', doneAt), 'verify', doneAt);
  const done = await saveJob(job, { run: { ...recordOf(job.run, state), doneAt }, phases }, context);
  await noteDone(done, doneAt, context);
}

async function noteDone(job: PipelineJob, doneAt: string, context: TaskContext): Promise<void> {
  const { snapshotId, datasetName, prefix, stats, deletedAt } = job.run;
  await context.jobs.append(job.jobId, {
    at: doneAt,
    type: 'run-done',
    once: 'run-done',
    message: `${capital(runTitle(job))} is ${runProgress(job.run)}.`,
    data: {
      snapshotId: snapshotId ?? null,
      writtenTo: datasetName ?? prefix ?? null,
      documents: stats?.documents ?? null,
      bytes: stats?.bytes ?? null,
      collections: stats?.collections ?? null,
      deletedAt: deletedAt ?? null,
    },
  });
}

function waitInTime(job: PipelineJob, context: TaskContext) {
  const now = isoTime(context.clock.now());
  const elapsed = secondsBetween(job.phases.run?.startedAt ?? job.createdAt, now);
  if (elapsed > job.runbook.timeouts.run) throw tookTooLong(job);
  stopIfLate(job, context);
  return wait(nextLookSeconds(elapsed));
}

function tookTooLong(job: PipelineJob): PipelineTimeLimitError {
  const { runbook, run } = job;
  const isWaiting = run.state === 'PENDING' && !runbook.resume;
  return new PipelineTimeLimitError(
    `${capital(runTitle(job))} was not done after ${runbook.timeouts.run} s (timeouts.run): it is ${run.state ?? 'of no known state'}.`,
    {
      next: isWaiting
        ? 'A paused pipeline begins no run: look whether it is paused, and set resume: true in the runbook to let it go on.'
        : 'Look at it in Atlas; raise timeouts.run if it is only slow.',
    },
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
