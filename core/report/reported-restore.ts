import { isRestoreJob, type Job, type ObjectiveResult, type RestoreJob } from '../jobs/job.ts';
import type { PointInTime, RecoveryPoint } from '../runbooks/snapshot.ts';

/** What a drill or a restore brought back. For other jobs all of it is `null`. */
export interface ReportedRestore {
  /** When the restored data had passed its checks; `null` when it never did. */
  readonly restoredAt: string | null;
  readonly delivery: RestoreJob['runbook']['delivery'] | null;
  readonly recoveryPoint: ReportedRecoveryPoint | null;
  /**
   * The request that erases the target, or prepares the download. `null` when none was sent, and when every one was
   * refused or never arrived. Without `atlas.restoreJobId`, whether Atlas took it is not known.
   */
  readonly restoreRequest: RestoreRequest | null;
  /**
   * Whether Atlas may still have been overwriting the target when the job ended, because no request stops a restore. `null` where
   * the job restores nothing.
   */
  readonly restoreGoesOn: boolean | null;

  /** Without an objective and without a result for a job that restores nothing. */
  readonly objectives: { readonly rto: ReportedObjective; readonly rpo: ReportedObjective };
}

/** The point that was restored. */
export interface ReportedRecoveryPoint {
  /** The selector's name in the runbook. */
  readonly chosenBy: RecoveryPoint['chosenBy'];
  /** The instant the data is of; `null` while its snapshot is being taken. */
  readonly time: string | null;
  /** `null` for a point in time: Atlas chooses the base snapshot itself. */
  readonly snapshotId: string | null;
  /** `onDemand`, `scheduled` or `fallback`; `null` where Atlas gives none. */
  readonly snapshotType: string | null;
  readonly sizeBytes: number | null;
  /** MongoDB version of the data. */
  readonly version: string | null;
  readonly expiresAt: string | null;
  readonly pointInTime: PointInTime | null;
  /** The next later recovery point: what `random` measures its RPO against. */
  readonly nextTime: string | null;
  /** What `random` drew with; `null` for the other selectors. */
  readonly seed: number | null;
  /** How many snapshots were eligible. */
  readonly candidates: number | null;
}

/** When Atlas was asked to restore. */
interface RestoreRequest {
  readonly at: string;
  /** More than 1 when Atlas refused earlier requests, or they surely did not reach it. */
  readonly attempt: number;
}

/** An objective against what was achieved. Seconds. */
export interface ReportedObjective {
  /** `null` when the runbook sets none. */
  readonly objectiveSeconds: number | null;
  /** `null` when there was nothing to measure. */
  readonly achievedSeconds: number | null;
  /** `null` when there was nothing to compare. */
  readonly met: boolean | null;
}

/** What a job restored, and how that compares with what it was to achieve. */
export function describeRestore(job: Job): ReportedRestore {
  const restore = isRestoreJob(job) ? job : undefined;
  const { recoveryPoint, restoreIntent, objectives, runbook } = restore ?? {};
  return {
    restoredAt: restore?.restoredAt ?? null,
    delivery: runbook?.delivery ?? null,
    recoveryPoint: recoveryPoint === undefined ? null : describeRecoveryPoint(recoveryPoint),
    restoreRequest:
      restoreIntent === undefined ? null : { at: restoreIntent.at, attempt: restoreIntent.attempt },
    restoreGoesOn: restore === undefined ? null : restore.restoreGoesOn === true,
    objectives: {
      rto: describeObjective(runbook?.objectives.rto, job.rtoSeconds, objectives?.rto),
      rpo: describeObjective(runbook?.objectives.rpo, job.rpoSeconds, objectives?.rpo),
    },
  };
}

function describeRecoveryPoint(point: RecoveryPoint): ReportedRecoveryPoint {
  const { snapshot } = point;
  return {
    chosenBy: point.chosenBy,
    time: point.time ?? null,
    snapshotId: snapshot?.id ?? null,
    snapshotType: snapshot?.type ?? null,
    sizeBytes: snapshot?.sizeBytes ?? null,
    version: snapshot?.version ?? null,
    expiresAt: snapshot?.expiresAt ?? null,
    pointInTime: point.pointInTime ?? null,
    nextTime: point.nextTime ?? null,
    seed: point.seed ?? null,
    candidates: point.candidates ?? null,
  };
}

/** Before a job is judged it has no result, but the objective and often the achieved time are known. */
function describeObjective(
  objective: number | undefined,
  achieved: number | null,
  result: ObjectiveResult | undefined,
): ReportedObjective {
  return {
    objectiveSeconds: result?.objectiveSeconds ?? objective ?? null,
    achievedSeconds: result?.achievedSeconds ?? achieved,
    met: result?.met ?? null,
  };
}
