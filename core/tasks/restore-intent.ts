import type { Backups } from '../backups/backups.ts';
import { isSameRestore } from '../backups/same-restore.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import type { Look } from '../runbooks/check.ts';

/** The id of the restore job in Atlas that an intent led to, undefined when there is none (yet); or why nobody can tell. */
export async function findRestore(
  intent: RestoreIntent,
  backups: Backups,
): Promise<Look<string | undefined>> {
  const { alreadyThere } = intent;
  // Without knowing what was there before, an older job that looks the same could be taken for ours.
  if (alreadyThere === null) return { unseen: 'the restore jobs in Atlas could not be read before it' };
  const restores = await look('the restore jobs of the source', () => backups.restores());
  if ('unseen' in restores) return restores;
  const ours = restores.seen.find(
    (restore) => isSameRestore(intent, restore) && !alreadyThere.includes(restore.id),
  );
  return { seen: ours?.id };
}

/** The job with its intent taken back: nothing was started, and the guards look again before the next request. */
export function withoutIntent(job: RestoreJob): RestoreJob {
  const { restoreIntent, ...rest } = job;
  return restoreIntent === undefined ? job : rest;
}
