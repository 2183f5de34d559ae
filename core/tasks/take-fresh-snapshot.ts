import { isoTime } from '../clock.ts';
import type { Backups } from '../backups/backups.ts';
import type { Job } from '../jobs/job.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';

/**
 * Takes the on-demand snapshot that a `fresh` recovery point asks for, once: the intent is written down first, and the
 * snapshot is found again in Atlas by its description, which holds the job's id.
 *
 * @returns the snapshot's id.
 */
export async function takeFreshSnapshot(job: Job, backups: Backups, context: TaskContext): Promise<string> {
  if (job.atlas.snapshotId !== undefined) return job.atlas.snapshotId;
  const at = isoTime(context.clock.now());
  const intent = job.snapshotIntent ?? { at, description: `Lifeboat job ${job.jobId}` };
  let record = job;
  if (job.snapshotIntent === undefined) record = await saveJob(job, { snapshotIntent: intent }, context);

  // Also without a crash before: a client that never got its reply may have run this task already.
  const taken = (await backups.snapshots()).find((snapshot) => snapshot.description === intent.description);
  const { fresh } = job.runbook.recoveryPoint as { fresh: { retentionDays: number } };
  const snapshot = taken ?? (await backups.takeSnapshot(intent.description, fresh.retentionDays));
  await saveJob(record, { atlas: { ...record.atlas, snapshotId: snapshot.id } }, context);
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'snapshot-requested',
    once: 'snapshot-requested',
    message: `Atlas is taking snapshot ${snapshot.id}; it is kept for ${fresh.retentionDays} day(s).`,
    data: { snapshotId: snapshot.id, adopted: taken !== undefined },
  });
  return snapshot.id;
}
