import type { Backups, RestoreState } from '../backups/backups.ts';
import { isSameRestore } from '../backups/same-restore.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import type { Look } from '../runbooks/check.ts';
import { claimRestore, hasClaimed } from './claim-restore.ts';
import type { TaskContext } from './context.ts';
import { SETTLE_SECONDS } from './settle-seconds.ts';

/**
 * The restore job in Atlas that an intent led to, claimed for the job; undefined when there is none (yet); or why nobody can tell.
 *
 * No lease keeps two jobs from asking for the same download, so one that is not known to be ours is taken for ours only once our
 * own request can't arrive any more: each job then finds one, or asks again, and none is left over. Nobody else asks for a restore
 * onto a target that we hold.
 */
export async function findRestore(
  job: RestoreJob,
  intent: RestoreIntent,
  backups: Backups,
  context: TaskContext,
): Promise<Look<string | undefined>> {
  const { alreadyThere } = intent;
  // Without knowing what was there before, an older job that looks the same could be taken for ours.
  if (alreadyThere === null) return { unseen: 'the restore jobs in Atlas could not be read before it' };
  const restores = await look('the restore jobs of the source', () => backups.restores());
  if ('unseen' in restores) return restores;
  const alike = oldestFirst(
    restores.seen.filter((restore) => isSameRestore(intent, restore) && !alreadyThere.includes(restore.id)),
  );
  for (const { id } of alike) if (await hasClaimed(job, id, context)) return { seen: id };
  if (intent.target === undefined && !isSettled(intent, context)) return { seen: undefined };
  for (const { id } of alike) if (await claimRestore(job, id, context)) return { seen: id };
  return { seen: undefined };
}

/** Whether the request that was written down can't arrive in Atlas any more. */
export function isSettled({ at }: RestoreIntent, { clock }: TaskContext): boolean {
  return secondsBetween(at, isoTime(clock.now())) > SETTLE_SECONDS;
}

/**
 * An id begins with the second in which it was made, as every ObjectId does. The older one is taken first, because a job that
 * asked later saw it before it asked, and can't take it.
 */
function oldestFirst(restores: readonly RestoreState[]): RestoreState[] {
  return [...restores].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** The job with its intent taken back: nothing was started, and the guards look again before the next request. */
export function withoutIntent(job: RestoreJob): RestoreJob {
  const { restoreIntent, ...rest } = job;
  return restoreIntent === undefined ? job : rest;
}
