import { isoTime } from '../clock.ts';
import type { Backups } from '../backups/backups.ts';
import { sentence } from '../jobs/approvals/wording.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { GO, saveJob, wait, type Way } from './define-task.ts';
import { RestoreUnsettledError } from './errors.ts';
import { findRestore, isSettled, withoutIntent } from './restore-intent.ts';
import { recordStart } from './record-start.ts';

/** Seconds between looks while settling. */
const LOOK_AGAIN_SECONDS = 10;
/** Requests in all that may be sent for one job; each one after the first follows a request that left no trace. */
const MOST_ATTEMPTS = 3;

/**
 * Finds out what became of a request whose reply is not known: adopts the restore job that Atlas made of it, waits while
 * it may still appear, or takes the intent back when it surely never arrived, so that the guards look afresh before the
 * next request.
 *
 * @throws RestoreUnsettledError when the restore jobs can't be read, or requests vanish again and again.
 */
export async function settleRestore(
  job: RestoreJob,
  intent: RestoreIntent,
  backups: Backups,
  context: TaskContext,
): Promise<Way> {
  const found = await findRestore(job, intent, backups, context);
  if ('unseen' in found) throw unsettled(job, intent, found.unseen);
  if (found.seen !== undefined) return adopt(job, intent, found.seen, context);
  if (!isSettled(intent, context)) return wait(LOOK_AGAIN_SECONDS);
  if (intent.attempt >= MOST_ATTEMPTS)
    throw unsettled(job, intent, `${intent.attempt} requests left no trace in Atlas`);
  return takeBack(job, intent, context);
}

async function adopt(
  job: RestoreJob,
  intent: RestoreIntent,
  restoreJobId: string,
  context: TaskContext,
): Promise<Way> {
  await saveJob(job, { atlas: { ...job.atlas, restoreJobId } }, context);
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-adopted',
    once: 'restore-adopted',
    message: `The request had arrived: restore job ${restoreJobId} in Atlas is this job's.`,
    data: { restoreJobId, attempt: intent.attempt },
  });
  await recordStart(job, restoreJobId, context);
  return GO;
}

async function takeBack(job: RestoreJob, intent: RestoreIntent, context: TaskContext): Promise<Way> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-request-lost',
    once: `restore-request-lost-${intent.attempt}`,
    message: `The request of ${intent.at} never arrived: Atlas shows no restore job for it.`,
    data: { attempt: intent.attempt },
  });
  await saveJob(withoutIntent(job), {}, context);
  return wait(1);
}

function unsettled(job: RestoreJob, intent: RestoreIntent, why: string): RestoreUnsettledError {
  const { source, target } = job.runbook;
  const onto = target === undefined ? '' : ` onto ${clusterName(target)}`;
  return new RestoreUnsettledError(
    `Whether Atlas took the request of ${intent.at} to restore ${clusterName(source)}${onto} is not known: ${sentence(why)}`,
    {
      next: `Look at the restore jobs of ${clusterName(source)} in Atlas before anything is started again.`,
    },
  );
}
