import { backupsOf } from '../backups/backups-of.ts';
import type { RestoreState } from '../backups/backups.ts';
import { compareRestore } from '../backups/same-restore.ts';
import { unlessAhead } from '../clock.ts';
import { look } from '../facts/look.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import { secondsSinceDone, settled, type Finding, type Verification } from './verification.ts';

const NAME = 'restore-job-finished';
/** Seconds for which a restore job that Atlas does not show is looked for again. */
const GONE_SECONDS = 120;

/** The restore job's own flags, read once more: finished, and neither failed nor cancelled nor expired. */
export async function checkRestoreJob(verification: Verification<RestoreJob>): Promise<Finding> {
  const { job, atlas, now } = verification;
  const id = job.atlas.restoreJobId ?? '';
  const seen = await look(`restore job ${id}`, async () =>
    (await backupsOf(job.runbook.source, atlas)).restore(id),
  );
  if ('unseen' in seen) {
    const message = `Could not read ${seen.unseen}; that the restore finished well is not confirmed by it. ${checkTheData(job)}`;
    const result = { name: NAME, outcome: 'unknown' as const, message, evidence: { restoreJobId: id } };
    return { result, settled: secondsSinceDone(verification) > GONE_SECONDS };
  }
  const restore = seen.seen;
  const evidence = { restoreJobId: id, outcome: restore.outcome, finishedAt: restore.finishedAt ?? null };
  if (restore.outcome === 'finished' && !isProven(job, restore)) {
    const message = `Restore job ${id} is finished. It was found in Atlas after the reply to the request was lost, and does not say enough to prove that it was made for this job. ${checkTheData(job)}`;
    return settled({ name: NAME, outcome: 'unknown', message, evidence });
  }
  const finished = restore.outcome === 'finished';
  const { silentOn = [] } = restore;
  if (finished && silentOn.length > 0) {
    const message = `Restore job ${id} is finished, and Atlas does not say whether it was ${silentOn.join(' or ')}. ${checkTheData(job)}`;
    return settled({ name: NAME, outcome: 'unknown', message, evidence });
  }
  if (finished && job.runbook.target !== undefined && unlessAhead(restore.finishedAt, now) === undefined) {
    const message = `Atlas says that restore job ${id} is finished, and not, in a way that can be read, when. ${checkTheData(job)}`;
    return settled({ name: NAME, outcome: 'unknown', message, evidence });
  }
  return settled({
    name: NAME,
    outcome: finished ? 'pass' : 'fail',
    message: finished
      ? `Restore job ${id} is finished and shows no failure.`
      : `Restore job ${id} is ${restore.outcome}.`,
    evidence,
  });
}

/** Whether a restore job that was only assumed to be this job's says by now that it is. */
function isProven({ restoreAssumed, restoreIntent }: RestoreJob, restore: RestoreState): boolean {
  if (restoreAssumed !== true) return true;
  return restoreIntent !== undefined && compareRestore(restoreIntent, restore) === 'same';
}

function checkTheData({ runbook }: RestoreJob): string {
  return runbook.target === undefined
    ? 'Check the download.'
    : `Check the data of ${clusterName(runbook.target)} before anything relies on it.`;
}
