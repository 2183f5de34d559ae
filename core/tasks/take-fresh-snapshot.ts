import { mayHaveTakenEffect } from '../atlas/errors.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import type { Backups } from '../backups/backups.ts';
import type { RestoreJob } from '../jobs/job.ts';
import type { SnapshotFacts } from '../runbooks/snapshot.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';
import { SETTLE_SECONDS } from './settle-restore.ts';

/**
 * Takes the on-demand snapshot that a `fresh` recovery point asks for. As with a restore, the intent is written down first;
 * a request whose fate is unknown is looked for in Atlas, by the description that holds the job's id, before another is sent.
 *
 * @returns the snapshot's id; undefined while it is not known what became of the request.
 */
export async function takeFreshSnapshot(
  job: RestoreJob,
  backups: Backups,
  context: TaskContext,
): Promise<string | undefined> {
  if (job.atlas.snapshotId !== undefined) return job.atlas.snapshotId;
  const description = `Lifeboat job ${job.jobId}`;
  if (job.snapshotIntent !== undefined) {
    const taken = (await backups.snapshots()).find((snapshot) => snapshot.description === description);
    if (taken !== undefined) return recordSnapshot(job, taken, context);
    if (secondsBetween(job.snapshotIntent.at, isoTime(context.clock.now())) <= SETTLE_SECONDS)
      return undefined;
  }
  const intent = { at: isoTime(context.clock.now()), description };
  const planned = await saveJob(job, { snapshotIntent: intent }, context);
  try {
    return await recordSnapshot(
      planned,
      await backups.takeSnapshot(description, retentionDays(job)),
      context,
    );
  } catch (error) {
    if (mayHaveTakenEffect(error)) return undefined;
    throw error;
  }
}

async function recordSnapshot(
  job: RestoreJob,
  snapshot: SnapshotFacts,
  context: TaskContext,
): Promise<string> {
  await saveJob(job, { atlas: { ...job.atlas, snapshotId: snapshot.id } }, context);
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'snapshot-requested',
    once: 'snapshot-requested',
    message: `Atlas is taking snapshot ${snapshot.id}; it is kept for ${retentionDays(job)} day(s).`,
    data: { snapshotId: snapshot.id },
  });
  return snapshot.id;
}

function retentionDays({ runbook }: RestoreJob): number {
  return 'fresh' in runbook.recoveryPoint ? runbook.recoveryPoint.fresh.retentionDays : 1;
}
