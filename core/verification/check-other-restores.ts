import { backupsOf } from '../backups/backups-of.ts';
import { compareTarget } from '../backups/same-restore.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob } from '../jobs/job.ts';
import type { CheckResult } from '../runbooks/check.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { secondsSinceDone, settled, type Finding, type Verification } from './verification.ts';

/** The check's name, also where the timeline names what it found. */
export const NO_OTHER_RESTORE = 'no-other-restore';
/** Seconds for which a list that does not show this job's own restore job is taken to be behind. */
const LIST_LATE_SECONDS = 120;

/**
 * No other restore onto the target was begun since this job was about to ask for its own: neither by a request that arrived twice or
 * late, nor by anybody else. Atlas lists restore jobs by their source, so one from another cluster is not seen.
 */
export async function checkOtherRestores(
  verification: Verification<RestoreJob>,
  target: ClusterRef,
): Promise<Finding> {
  const { job, atlas } = verification;
  const { source } = job.runbook;
  const what = `the restore jobs of ${clusterName(source)}`;
  const alreadyThere = job.restoreIntent?.alreadyThere ?? null;
  if (alreadyThere === null)
    return settled(unknown(`${what}: they could not be read before the request`, target));
  const seen = await look(what, async () => (await backupsOf(source, atlas)).restores());
  if ('unseen' in seen) return settled(unknown(seen.unseen, target));
  const own = job.atlas.restoreJobId;
  const others = seen.seen.filter(
    ({ id, delivery }) => id !== own && !alreadyThere.includes(id) && delivery !== 'download',
  );
  const onto = others.filter((one) => compareTarget(target, one) === 'same').map(({ id }) => id);
  if (onto.length > 0) return settled(found(onto, target));
  const unclear = others.filter((one) => compareTarget(target, one) === 'unclear').map(({ id }) => id);
  if (unclear.length > 0) {
    return settled(
      unknown(`${what}: Atlas does not say onto which cluster ${unclear.join(', ')} restored`, target),
    );
  }
  if (!seen.seen.some(({ id }) => id === own)) {
    const result = unknown(`${what}: the list does not show restore job ${own ?? ''} either`, target);
    return { result, settled: secondsSinceDone(verification) > LIST_LATE_SECONDS };
  }
  const message = `No other restore of ${clusterName(source)} onto ${clusterName(target)} was begun since this one was asked for.`;
  return settled({ name: NO_OTHER_RESTORE, outcome: 'pass', message, evidence: { others: 0 } });
}

function unknown(why: string, target: ClusterRef): CheckResult {
  const message = `Could not read ${why}; whether another restore overwrote ${clusterName(target)} is not known.`;
  return { name: NO_OTHER_RESTORE, outcome: 'unknown', message };
}

function found(ids: readonly string[], target: ClusterRef): CheckResult {
  const jobs = ids.join(', ');
  return {
    name: NO_OTHER_RESTORE,
    outcome: 'fail',
    message: `Atlas shows ${ids.length} more restore job(s) onto ${clusterName(target)} that were begun since this one was asked for and are not this job's: ${jobs}. Check which data the target holds before anything uses it.`,
    evidence: { others: ids.length, restoreJobIds: jobs },
  };
}
