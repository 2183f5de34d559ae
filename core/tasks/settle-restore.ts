import { isoTime, secondsBetween } from '../clock.ts';
import { LONGEST_REQUEST_SECONDS } from '../atlas/timeouts.ts';
import type { Backups } from '../backups/backups.ts';
import { isSameRestore } from '../backups/same-restore.ts';
import { look } from '../facts/look.ts';
import type { Job, RestoreIntent } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { GO, saveJob, wait, type Way } from './define-task.ts';
import { RestoreUnsettledError } from './errors.ts';
import { recordStart } from './record-start.ts';

/** Seconds after which a request that left no trace in Atlas never arrived: the longest that one can take, and a margin. */
export const SETTLE_SECONDS = LONGEST_REQUEST_SECONDS + 60;
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
  job: Job,
  intent: RestoreIntent,
  backups: Backups,
  context: TaskContext,
): Promise<Way> {
  const found = await findRestore(intent, backups);
  if (found === 'unreadable') throw unsettled(job, intent, 'the restore jobs in Atlas cannot be read');
  if (found !== undefined) {
    await saveJob(job, { atlas: { ...job.atlas, restoreJobId: found } }, context);
    await context.jobs.append(job.jobId, {
      at: isoTime(context.clock.now()),
      type: 'restore-adopted',
      once: 'restore-adopted',
      message: `The request had arrived: restore job ${found} in Atlas is this job's.`,
      data: { restoreJobId: found, attempt: intent.attempt },
    });
    await recordStart(job, found, context);
    return GO;
  }
  if (secondsBetween(intent.at, isoTime(context.clock.now())) <= SETTLE_SECONDS)
    return wait(LOOK_AGAIN_SECONDS);
  if (intent.attempt >= MOST_ATTEMPTS)
    throw unsettled(job, intent, `${intent.attempt} requests left no trace in Atlas`);
  return takeBack(job, intent, context);
}

async function takeBack(job: Job, intent: RestoreIntent, context: TaskContext): Promise<Way> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'restore-request-lost',
    once: `restore-request-lost-${intent.attempt}`,
    message: `The request of ${intent.at} never arrived: Atlas shows no restore job for it.`,
    data: { attempt: intent.attempt },
  });
  const { restoreIntent: _lost, ...withoutIntent } = job;
  await saveJob(withoutIntent, {}, context);
  return wait(1);
}

/**
 * The id of the restore job that an intent led to; undefined when there is none (yet).
 */
export async function findRestore(
  intent: RestoreIntent,
  backups: Backups,
): Promise<string | 'unreadable' | undefined> {
  const { alreadyThere } = intent;
  if (alreadyThere === null) return 'unreadable';
  const restores = await look('the restore jobs of the source', () => backups.restores());
  if ('unseen' in restores) return 'unreadable';
  return restores.seen.find((restore) => isSameRestore(intent, restore) && !alreadyThere.includes(restore.id))
    ?.id;
}

function unsettled(job: Job, intent: RestoreIntent, why: string): RestoreUnsettledError {
  const { source, target } = job.runbook;
  const onto = target === undefined ? '' : ` onto ${clusterName(target)}`;
  return new RestoreUnsettledError(
    `Whether Atlas took the request of ${intent.at} to restore ${clusterName(source)}${onto} is not known: ${why}.`,
    {
      changed:
        target === undefined
          ? 'A download may be under way.'
          : `${clusterName(target)} may be being overwritten.`,
      next: `Look at the restore jobs of ${clusterName(source)} in Atlas before anything is started again.`,
    },
  );
}
