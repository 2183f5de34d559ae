import { AtlasError } from '../../atlas/errors.ts';
import type { Backups } from '../../backups/backups.ts';
import { backupsOf } from '../../backups/backups-of.ts';
import { isoTime, secondsBetween } from '../../clock.ts';
import { isCutoverJob, type CutoverJob } from '../../jobs/job.ts';
import { begin, end } from '../../jobs/phases.ts';
import { nextLookSeconds } from '../../polling/next-look.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { SnapshotFacts } from '../../runbooks/snapshot.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forCutovers, saveJob, wait, type Transition } from '../define-task.ts';
import { toSteps } from '../steps/to-steps.ts';
import { SnapshotTimeLimitError } from '../errors.ts';
import { takeFreshSnapshot } from '../take-fresh-snapshot.ts';
import { SnapshotFailedError } from './errors.ts';

/** Seconds between looks for a snapshot whose request got no answer, or can't be taken yet. */
const LOOK_AGAIN_SECONDS = 10;

/** Refusals that pass by themselves: another snapshot is being taken, or Atlas is still busy with the migration. */
const NOT_YET = new Set(['UNFINISHED_ON_DEMAND_SNAPSHOT', 'CANNOT_TAKE_SNAPSHOT_DURING_LIVE_IMPORT']);

/**
 * Takes the first snapshot of the target, of which Atlas took none while it was migrated into, and waits until it has
 * completed.
 *
 * @throws SnapshotFailedError, SnapshotTimeLimitError
 */
export const takeSnapshot = advancingTask(
  forCutovers(async (job, context) => {
    if (job.phases.snapshot?.endedAt !== undefined) return toSteps(job, 'after', 'cleanup');
    const begun = await beginPhase(job, context);
    const backups = await backupsOf(job.runbook.target, context.atlas);
    const snapshotId = await takeOrLater(begun, backups, context);
    if (snapshotId === undefined) return laterIfInTime(begun, 'Atlas takes none yet', context);
    const snapshot = await readOrMissing(snapshotId, backups);
    // Atlas gave its id: that one reader does not know it is no reason to do without it.
    if (snapshot === undefined)
      return laterIfInTime(begun, `Atlas does not show snapshot ${snapshotId}`, context);
    const { status, atlasStatus } = snapshot;
    if (status === 'completed') return noteCompleted(begun, snapshotId, context);
    if (status === 'failed') throw failed(begun, snapshotId);
    return laterIfInTime(begun, `snapshot ${snapshotId} is ${atlasStatus}`, context);
  }),
);

/** The snapshot; undefined where Atlas does not know it. */
async function readOrMissing(snapshotId: string, backups: Backups): Promise<SnapshotFacts | undefined> {
  try {
    return await backups.snapshot(snapshotId);
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404) return undefined;
    throw error;
  }
}

function beginPhase(job: CutoverJob, context: TaskContext): Promise<CutoverJob> {
  if (job.phases.snapshot !== undefined) return Promise.resolve(job);
  return saveJob(job, { phases: begin(job.phases, 'snapshot', isoTime(context.clock.now())) }, context);
}

async function takeOrLater(
  job: CutoverJob,
  backups: Backups,
  context: TaskContext,
): Promise<string | undefined> {
  try {
    return await takeFreshSnapshot(job, job.runbook.snapshot.retentionDays, backups, context);
  } catch (error) {
    if (error instanceof AtlasError && NOT_YET.has(error.errorCode ?? '')) return undefined;
    throw error;
  }
}

async function noteCompleted(job: CutoverJob, snapshotId: string, context: TaskContext): Promise<Transition> {
  const at = isoTime(context.clock.now());
  await context.jobs.append(job.jobId, {
    at,
    type: 'snapshot-completed',
    once: 'snapshot-completed',
    message: `Snapshot ${snapshotId} of ${clusterName(job.runbook.target)} is complete: from here on it can be restored.`,
    data: { snapshotId },
  });
  const current = await context.jobs.get(job.jobId);
  if (isCutoverJob(current)) await saveJob(current, { phases: end(current.phases, 'snapshot', at) }, context);
  return toSteps(job, 'after', 'cleanup');
}

function failed({ runbook }: CutoverJob, snapshotId: string): SnapshotFailedError {
  return new SnapshotFailedError(
    `Snapshot ${snapshotId} of ${clusterName(runbook.target)}, the first one after its cutover, failed in Atlas.`,
    {
      next: 'Take a snapshot in Atlas by hand: until there is one, the cluster cannot be restored. Then do what is left of after.',
    },
  );
}

function laterIfInTime(
  { runbook, phases, createdAt }: CutoverJob,
  seen: string,
  { clock }: TaskContext,
): Transition {
  const elapsed = secondsBetween(phases.snapshot?.startedAt ?? createdAt, isoTime(clock.now()));
  const limit = runbook.timeouts.snapshot;
  if (elapsed <= limit) return wait(Math.max(LOOK_AGAIN_SECONDS, nextLookSeconds(elapsed)));
  throw new SnapshotTimeLimitError(
    `The snapshot of ${clusterName(runbook.target)} after its cutover was not complete after ${limit} s (timeouts.snapshot): ${seen}.`,
    { next: 'Look at the snapshots in Atlas: until one is complete, the cluster cannot be restored.' },
  );
}
