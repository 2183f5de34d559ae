import { mayHaveTakenEffect } from '../atlas/errors.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import type { Backups } from '../backups/backups.ts';
import type { CutoverJob, RestoreJob } from '../jobs/job.ts';
import type { SnapshotFacts } from '../runbooks/snapshot.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';
import { SETTLE_SECONDS, STALE_INTENT_SECONDS } from './settle-seconds.ts';

type SnapshottingJob = RestoreJob | CutoverJob;

/**
 * Takes an on-demand snapshot: what a `fresh` recovery point asks for, or the first one after a cutover. As with a restore, the
 * intent is written down first; a request whose fate is unknown is looked for in Atlas, by the description that holds the job's
 * id, before another is sent.
 *
 * @param retentionDays how long Atlas keeps it.
 * @returns the snapshot's id; undefined while it is not known what became of the request.
 */
export async function takeFreshSnapshot(
  job: SnapshottingJob,
  retentionDays: number,
  backups: Backups,
  context: TaskContext,
): Promise<string | undefined> {
  if (job.atlas.snapshotId !== undefined)
    return noteRequested(job, job.atlas.snapshotId, retentionDays, context);
  const description = `Lifeboat job ${job.jobId}`;
  if (job.snapshotIntent !== undefined) {
    const taken = (await backups.snapshots()).find((snapshot) => snapshot.description === description);
    if (taken !== undefined) return recordSnapshot(job, taken, retentionDays, context);
    if (secondsBetween(job.snapshotIntent.at, isoTime(context.clock.now())) <= SETTLE_SECONDS)
      return undefined;
  }
  const snapshotIntent = { at: isoTime(context.clock.now()), description };
  const planned = await saveJob<SnapshottingJob>(job, { snapshotIntent }, context);
  // A process that was held up since may have been overtaken: it looks in Atlas before it sends anything.
  if (secondsBetween(snapshotIntent.at, isoTime(context.clock.now())) > STALE_INTENT_SECONDS)
    return undefined;
  try {
    const taken = await backups.takeSnapshot(description, retentionDays);
    return await recordSnapshot(planned, taken, retentionDays, context);
  } catch (error) {
    if (mayHaveTakenEffect(error)) return undefined;
    throw error;
  }
}

async function recordSnapshot(
  job: SnapshottingJob,
  snapshot: SnapshotFacts,
  retentionDays: number,
  context: TaskContext,
): Promise<string> {
  const snapshotId = snapshot.id;
  await saveJob<SnapshottingJob>(job, { atlas: { ...job.atlas, snapshotId } }, context);
  return noteRequested(job, snapshotId, retentionDays, context);
}

/** Writes the milestone; repeated after a crash, it is written once all the same. */
async function noteRequested(
  job: SnapshottingJob,
  snapshotId: string,
  retentionDays: number,
  context: TaskContext,
): Promise<string> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'snapshot-requested',
    once: 'snapshot-requested',
    message: `Atlas is taking snapshot ${snapshotId}; it is kept for ${retentionDays} day(s).`,
    data: { snapshotId },
  });
  return snapshotId;
}
