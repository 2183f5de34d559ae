import { isoTime, secondsBetween } from '../clock.ts';
import { findRecoveryPoint } from '../facts/find-recovery-point.ts';
import { backupsOf } from '../backups/backups-of.ts';
import { isRestoreJob, type RestoreJob } from '../jobs/job.ts';
import { begin, end } from '../jobs/phases.ts';
import { isFinal } from '../jobs/status.ts';
import { planLooks, type LookPlan } from '../polling/look-plan.ts';
import { seenDuration } from '../polling/observed-duration.ts';
import type { RecoveryPoint } from '../runbooks/snapshot.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, forRestores, GO, saveJob, wait, type Transition } from './define-task.ts';
import { NoRecoveryPointError, SnapshotTimeLimitError } from './errors.ts';
import { takeFreshSnapshot } from './take-fresh-snapshot.ts';
import { snapshotClass } from './work-class.ts';

/** Seconds between looks for a snapshot whose request got no answer. */
const SETTLING_SECONDS = 10;

/**
 * Chooses what to restore and writes it down; a snapshot that is still being taken is waited for.
 *
 * @throws NoRecoveryPointError, SnapshotTimeLimitError
 */
export const chooseRecoveryPoint = advancingTask(
  forRestores(async (job, context) => {
    if (job.recoveryPoint !== undefined) {
      await recordChoice(job, job.recoveryPoint, context);
      return GO;
    }
    const begun = await beginPhase(job, context);
    const backups = await backupsOf(job.runbook.source, context.atlas);
    const wanted = freshOf(job);
    const isFresh = wanted !== undefined;
    const fresh = isFresh
      ? await takeFreshSnapshot(begun, wanted.retentionDays, backups, context)
      : undefined;
    if (isFresh && fresh === undefined) return wait(SETTLING_SECONDS);
    const choice = await findRecoveryPoint({
      runbook: job.runbook,
      backups,
      seed: job.seed,
      now: isoTime(context.clock.now()),
      ...(fresh !== undefined && { freshSnapshotId: fresh }),
    });
    if ('none' in choice) {
      throw new NoRecoveryPointError(choice.none, {
        next: 'Choose another recoveryPoint in the runbook, or look at the snapshots of the source in Atlas.',
      });
    }
    if ('wait' in choice) return waitForSnapshot(begun, choice.message, context);
    const point = await keepChoice(begun, choice.point, context);
    if (isFresh) await learnSnapshot(begun, context);
    if (point !== undefined) await recordChoice(job, point, context);
    return GO;
  }),
);

/**
 * Writes the choice down, unless another delivery has meanwhile: it may be far ahead, and what it wrote about Atlas must stay.
 *
 * @returns what is chosen; undefined where the job has ended without a choice.
 */
async function keepChoice(
  { jobId }: RestoreJob,
  point: RecoveryPoint,
  context: TaskContext,
): Promise<RecoveryPoint | undefined> {
  const job = await context.jobs.get(jobId);
  if (!isRestoreJob(job) || isFinal(job.status)) return undefined;
  if (job.recoveryPoint !== undefined) return job.recoveryPoint;
  const { snapshot } = point;
  const atlas = snapshot === undefined ? job.atlas : { ...job.atlas, snapshotId: snapshot.id };
  await saveJob(job, { recoveryPoint: point, atlas }, context);
  return point;
}

/** How a fresh snapshot is to be taken; undefined where the runbook wants none. */
function freshOf({ runbook: { recoveryPoint } }: RestoreJob): { readonly retentionDays: number } | undefined {
  return 'fresh' in recoveryPoint ? recoveryPoint.fresh : undefined;
}

/** The guards and the steps of `ready` are through: from here on `timeouts.snapshot` runs. */
function beginPhase(job: RestoreJob, context: TaskContext): Promise<RestoreJob> {
  if (job.phases.recoveryPoint !== undefined) return Promise.resolve(job);
  const now = isoTime(context.clock.now());
  return saveJob(job, { phases: begin(end(job.phases, 'guard', now), 'recoveryPoint', now) }, context);
}

async function waitForSnapshot(job: RestoreJob, message: string, context: TaskContext): Promise<Transition> {
  const now = isoTime(context.clock.now());
  const elapsed = secondsBetween(job.phases.recoveryPoint?.startedAt ?? now, now);
  const limit = job.runbook.timeouts.snapshot;
  if (elapsed > limit) {
    throw new SnapshotTimeLimitError(
      `The snapshot had not completed after ${limit} s (timeouts.snapshot). ${message}`,
      {
        next: 'Raise timeouts.snapshot, or choose a snapshot that has completed.',
      },
    );
  }
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'waiting-for-snapshot',
    once: 'waiting-for-snapshot',
    message,
  });
  const plan = await planOfSnapshot(job, context);
  return wait(plan.waitSeconds(secondsSinceRequest(job, context) ?? elapsed));
}

async function planOfSnapshot(job: RestoreJob, { jobs }: TaskContext): Promise<LookPlan> {
  return planLooks(await jobs.durations(snapshotClass(job)));
}

/** Seconds since the fresh snapshot was asked for; undefined for one that somebody else takes. */
function secondsSinceRequest({ snapshotIntent }: RestoreJob, { clock }: TaskContext): number | undefined {
  return snapshotIntent === undefined ? undefined : secondsBetween(snapshotIntent.at, isoTime(clock.now()));
}

/** Atlas does not tell when it was done with a snapshot, so it is learnt from when that was seen. */
async function learnSnapshot({ jobId }: RestoreJob, context: TaskContext): Promise<void> {
  const job = await context.jobs.get(jobId);
  if (!isRestoreJob(job)) return;
  const elapsed = secondsSinceRequest(job, context);
  if (elapsed === undefined) return;
  const duration = seenDuration(elapsed, await planOfSnapshot(job, context));
  await context.jobs.learnDuration(snapshotClass(job), jobId, duration);
}

async function recordChoice(job: RestoreJob, point: RecoveryPoint, context: TaskContext): Promise<void> {
  const { snapshot } = point;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'recovery-point-chosen',
    once: 'recovery-point-chosen',
    message: `Recovery point: ${point.time ?? 'unknown time'}${snapshot ? `, snapshot ${snapshot.id}` : ' (point in time)'}.`,
    data: {
      chosenBy: point.chosenBy,
      snapshotId: snapshot?.id ?? null,
      time: point.time ?? null,
      seed: point.seed ?? null,
      candidates: point.candidates ?? null,
    },
  });
}
