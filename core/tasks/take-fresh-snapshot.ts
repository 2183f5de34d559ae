import { mayHaveTakenEffect } from '../atlas/errors.ts';
import { isObjectId } from '../atlas/schemas.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import type { Backups } from '../backups/backups.ts';
import { isCutoverJob, type CutoverJob, type RestoreJob, type SnapshotIntent } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { SnapshotFacts } from '../runbooks/snapshot.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';
import { SnapshotUnsettledError } from './errors.ts';
import { stopIfFrozen } from './stop-if-frozen.ts';
import { LATE_REQUEST_SECONDS, STALE_INTENT_SECONDS } from './settle-seconds.ts';

type SnapshottingJob = RestoreJob | CutoverJob;

/**
 * Takes an on-demand snapshot: what a `fresh` recovery point asks for, or the first one after a cutover. As with a restore, the
 * intent is written down first, and at most one request whose outcome is unknown is sent: it is looked for in Atlas by the
 * description that holds the job's id. Another follows only where the one before surely did not reach Atlas, or was refused.
 *
 * @param retentionDays how long Atlas keeps it.
 * @returns the snapshot's id; undefined while it is not known what became of the request.
 * @throws SnapshotUnsettledError when no snapshot of that description has appeared, and the errors of the Atlas client.
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
    stopIfUntraced(job, job.snapshotIntent, context);
    return undefined;
  }
  // After a cutover, the target cannot be restored until it has a snapshot.
  if (!isCutoverJob(job)) await stopIfFrozen('Atlas was not asked for a snapshot.', context);
  const snapshotIntent = { at: isoTime(context.clock.now()), description };
  const planned = await saveJob<SnapshottingJob>(job, { snapshotIntent }, context);
  // A process that was held up since may have been overtaken. Nothing was sent for the intent, which it knows for sure.
  if (secondsBetween(snapshotIntent.at, isoTime(context.clock.now())) > STALE_INTENT_SECONDS) {
    await saveJob(withoutSnapshotIntent(planned), {}, context);
    return undefined;
  }
  try {
    const taken = await backups.takeSnapshot(description, retentionDays);
    if (!isObjectId(taken.id)) return undefined;
    return await recordSnapshot(planned, taken, retentionDays, context);
  } catch (error) {
    if (mayHaveTakenEffect(error)) return undefined;
    // It never left this machine, or Atlas refused it.
    if (error instanceof LifeboatError) await saveJob(withoutSnapshotIntent(planned), {}, context);
    throw error;
  }
}

function withoutSnapshotIntent(job: SnapshottingJob): SnapshottingJob {
  const { snapshotIntent, ...rest } = job;
  return snapshotIntent === undefined ? job : rest;
}

/** Nothing waits for it that could be harmed, so it is looked for as long as a request may be held up on its way. */
function stopIfUntraced(
  { runbook, kind }: SnapshottingJob,
  { at, description }: SnapshotIntent,
  { clock }: TaskContext,
): void {
  if (secondsBetween(at, isoTime(clock.now())) <= LATE_REQUEST_SECONDS) return;
  const cluster = clusterName(kind === 'cutover' ? runbook.target : runbook.source);
  throw new SnapshotUnsettledError(
    `Whether Atlas took the request of ${at} for an on-demand snapshot of ${cluster} is not known: it shows none with the description "${description}".`,
    {
      next:
        kind === 'cutover'
          ? `Check the snapshots of ${cluster} in Atlas, and take one by hand if there is none: until there is one, the cluster cannot be restored. Then do what is left of after.`
          : `Check the snapshots of ${cluster} in Atlas, then run the runbook again.`,
    },
  );
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
