import { isoTime } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { isRestoreJob, type Job, type JobFailure, type RestoreJob } from '../jobs/job.ts';
import { STAGES } from '../runbooks/steps/kind.ts';
import { isFinal } from '../jobs/status.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { anyTask, GO, saveJob } from './define-task.ts';
import { failureFrom } from './errors.ts';
import { leaveAtlas } from './leave-atlas.ts';
import { noteLastEnd } from './steps/note-end.ts';
import { stepsSoFar } from './steps/steps-so-far.ts';

/**
 * After a failure, a cancellation or a time-out: writes down the reason, stops in Atlas what can be stopped, and says what
 * was changed.
 *
 * An error knows only of the request that failed, so what it says of changes is not taken over: the job may have a restore
 * under way. The worst that may be so is written first, and replaced once Atlas has been looked at.
 */
export const cleanUp = anyTask(async (job, context, input) => {
  if (isFinal(job.status)) return GO;
  const at = isoTime(context.clock.now());
  const failure = job.failure ?? {
    at,
    ...(input.caught === undefined
      ? { name: 'InternalError', message: 'The workflow was sent to clean up without an error.' }
      : failureFrom(input.caught)),
    ...worstCase(job),
  };
  const noted = job.failure === undefined ? await saveJob(job, { failure }, context) : job;
  for (const stage of STAGES) await noteLastEnd(noted, stage, context);
  const overwritten = await whatWasOverwritten(noted, context);
  if (overwritten === undefined) return GO;
  const changed = withSteps(overwritten, noted);
  const current = await context.jobs.get(job.jobId);
  await saveJob(current, { failure: { ...sure(failure), changed } }, context);
  return GO;
});

/** What Atlas says was overwritten; undefined when it can't be asked, which must not keep the job from closing. */
async function whatWasOverwritten(job: Job, context: TaskContext): Promise<string | undefined> {
  if (!isRestoreJob(job)) return undefined;
  try {
    return await leaveAtlas(job, context);
  } catch (error) {
    if (error instanceof LifeboatError && !error.retryable) return undefined;
    throw error;
  }
}

/** What became of the data, followed by what became of the runbook's steps. */
function withSteps(overwritten: string, job: Job): string {
  return `${overwritten} ${stepsSoFar(job, ['ready', 'before', 'verify', 'after'])}`.trim();
}

/** The worst that may be so, as long as nobody has looked. */
function worstCase(job: Job): Pick<JobFailure, 'changed' | 'unsure'> {
  if (!isRestoreJob(job)) return { changed: withSteps('No cluster was overwritten.', job) };
  return {
    changed: withSteps(worstOfRestore(job), job),
    ...(job.restoreIntent !== undefined && { unsure: true as const }),
  };
}

function worstOfRestore({ restoreIntent, snapshotIntent, atlas, runbook }: RestoreJob): string {
  const { source, target } = runbook;
  if (restoreIntent === undefined) {
    return snapshotIntent === undefined
      ? 'No cluster was overwritten.'
      : `No cluster was overwritten. An on-demand snapshot of ${clusterName(source)} may have been taken.`;
  }
  const by = atlas.restoreJobId === undefined ? '' : ` by restore job ${atlas.restoreJobId}`;
  return target === undefined
    ? 'No cluster was overwritten. A download may be under way in Atlas.'
    : `${clusterName(target)} may be being overwritten${by}: do not use it before you have looked.`;
}

/** The failure once Atlas has told what became of the restore. */
function sure(failure: JobFailure): JobFailure {
  const { unsure, ...known } = failure;
  return unsure === undefined ? failure : known;
}
