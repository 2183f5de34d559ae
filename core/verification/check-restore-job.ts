import { backupsOf } from '../backups/backups-of.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { settled, type Finding, type Verification } from './verification.ts';

/** The restore job's own flags, read once more: finished, and neither failed nor cancelled nor expired. */
export async function checkRestoreJob({ job, atlas }: Verification<RestoreJob>): Promise<Finding> {
  const id = job.atlas.restoreJobId ?? '';
  const restore = await (await backupsOf(job.runbook.source, atlas)).restore(id);
  const finished = restore.outcome === 'finished';
  return settled({
    name: 'restore-job-finished',
    outcome: finished ? 'pass' : 'fail',
    message: finished
      ? `Restore job ${id} is finished and shows no failure.`
      : `Restore job ${id} is ${restore.outcome}.`,
    evidence: { restoreJobId: id, outcome: restore.outcome, finishedAt: restore.finishedAt ?? null },
  });
}
