import type { RestoreJob } from '../../../core/jobs/job.ts';
import type { NewEvent } from '../../../core/jobs/timeline.ts';
import type { CheckResult } from '../../../core/runbooks/check.ts';
import { parseRestore } from '../../support/restores.ts';
import {
  at,
  chained,
  CHECKS,
  EVENTS,
  GUARDS,
  OTHER_PROJECT,
  passedDrill,
  phases,
  PROJECT,
  RESTORE_JOB,
  SNAPSHOT,
  type Case,
} from './fixtures.ts';

const DOWNLOAD_TEXT = `version: 1
kind: drill
name: monthly-archive
source: { project: ${PROJECT}, cluster: orders }
recoveryPoint: { latest: {} }
delivery: download
`;

const POINT_IN_TIME_TEXT = `version: 1
kind: restore
name: undo-migration
source: { project: ${PROJECT}, cluster: orders }
target: { project: ${PROJECT}, cluster: orders-copy }
recoveryPoint: { pointInTime: { oplogSeconds: 1786330000, oplogIncrement: 7 } }
delivery: pointInTime
objectives: { rto: 4h }
`;

/** What closing a job that restored nothing leaves. */
const NOTHING_ACHIEVED = {
  rtoSeconds: null,
  rpoSeconds: null,
  objectives: {
    rto: { objectiveSeconds: 1800, achievedSeconds: null, met: null },
    rpo: { objectiveSeconds: 86_400, achievedSeconds: null, met: null },
  },
  verdict: 'failed',
} as const;

/** A copy of the job with these fields left out. */
function without<Key extends keyof RestoreJob>(
  job: RestoreJob,
  ...keys: readonly Key[]
): Omit<RestoreJob, Key> {
  return Object.fromEntries(
    Object.entries(job).filter(([key]) => !keys.some((left) => left === key)),
  ) as Omit<RestoreJob, Key>;
}

/** The same drill against the simulator. */
export function simulatedDrill(): Case {
  const { job, ...rest } = passedDrill();
  return { ...rest, job: { ...job, simulation: { seed: 1, speed: 600 } } };
}

/** A drill whose guards found that the target is protected: nothing was asked of Atlas. */
export function failedGuard(): Case {
  const { job } = passedDrill();
  const rest = without(job, 'recoveryPoint', 'restoreIntent', 'restoredAt');
  const guards: readonly CheckResult[] = [
    ...GUARDS.slice(0, 2),
    {
      name: 'target-not-protected',
      outcome: 'fail',
      message: 'The target orders-drill is on the list of protected clusters.',
      evidence: { rule: `${OTHER_PROJECT}/*` },
    },
    {
      name: 'target-not-paused',
      outcome: 'unknown',
      message: 'Lifeboat may not read the target: its role lacks Project Read Only. It may be paused.',
    },
  ];
  const failed: RestoreJob = {
    ...rest,
    status: 'FAILED',
    endedAt: at(2.1),
    phases: phases({ guard: [0.4, 2.1] }),
    guards,
    checks: [],
    atlas: { clusterKind: 'replicaSet' },
    ...NOTHING_ACHIEVED,
    failure: {
      name: 'GuardsFailedError',
      message: 'The guard target-not-protected failed for orders-drill.',
      changed: 'Nothing was changed.',
      next: 'Name another target in the runbook, or take orders-drill off the list of protected clusters.',
      at: at(2.1),
    },
  };
  return { job: failed, timeline: chained(job.jobId, EVENTS.slice(0, 2)), generatedAt: at(3) };
}

/** A restore that Atlas reported as failed after nine hours. */
export function failedRestore(): Case {
  const { job } = passedDrill();
  const rest = without(job, 'restoredAt');
  const failed: RestoreJob = {
    ...rest,
    status: 'FAILED',
    endedAt: at(32_580),
    phases: phases({ guard: [0.4, 2.1], recoveryPoint: [2.1, 3.8], restore: [4.2, 32_579] }),
    checks: [],
    atlas: { clusterKind: 'replicaSet', snapshotId: SNAPSHOT, restoreJobId: RESTORE_JOB },
    ...NOTHING_ACHIEVED,
    failure: {
      name: 'RestoreFailedError',
      message: `Atlas says that restore job ${RESTORE_JOB} onto orders-drill failed. It gives no reason.`,
      changed: 'The target orders-drill may be empty or hold part of the data.',
      next: 'Look at the activity feed of the target project, then run the drill again.',
      at: at(32_579),
    },
  };
  const events: readonly NewEvent[] = [
    ...EVENTS.slice(0, 6),
    ...Array.from({ length: 40 }, (_, index) => ({
      at: at(700 + index * 800),
      type: 'restore-seen',
      message: 'The restore is still running.',
    })),
    { at: at(32_579), type: 'restore-failed', message: 'Atlas says that the restore failed.' },
  ];
  return { job: failed, timeline: chained(job.jobId, events), generatedAt: at(32_581) };
}

/** A drill that restored the data, twelve seconds too late. */
export function missedObjective(): Case {
  const { job, ...rest } = passedDrill();
  const rto = { objectiveSeconds: 240, achievedSeconds: 252.2, met: false };
  return {
    ...rest,
    job: { ...job, verdict: 'failed', objectives: { rto, rpo: { ...job.objectives!.rpo, met: true } } },
  };
}

/** A drill that Atlas finished, on whose target an alert was opened. */
export function failedCheck(): Case {
  const { job, ...rest } = passedDrill();
  const failed: RestoreJob = {
    ...without(job, 'restoredAt'),
    ...NOTHING_ACHIEVED,
    status: 'FAILED',
    checks: [
      ...CHECKS.slice(0, 3),
      {
        name: 'no-new-alerts',
        outcome: 'fail',
        message: '1 alert was opened on the target.',
        evidence: { open: 1 },
      },
    ],
    failure: {
      name: 'VerificationFailedError',
      message: '1 alert was opened on the target.',
      changed: 'The restore itself was done.',
      next: 'Look at the target in Atlas.',
      at: at(256),
    },
  };
  return { ...rest, job: failed };
}

/** A drill that was told to stop before Atlas was asked to restore. */
export function cancelled(): Case {
  const { job } = passedDrill();
  const rest = without(job, 'restoreIntent', 'restoredAt');
  const stopped: RestoreJob = {
    ...rest,
    status: 'CANCELLED',
    endedAt: at(4),
    phases: phases({ guard: [0.4, 2.1], recoveryPoint: [2.1, 4] }),
    checks: [],
    atlas: { clusterKind: 'replicaSet' },
    ...NOTHING_ACHIEVED,
    failure: {
      name: 'JobCancelledError',
      message: `Job ${job.jobId} was cancelled by dana: The target is needed for a demonstration.`,
      next: 'Run the runbook again when you are ready.',
      at: at(3.9),
    },
    cancel: { at: at(3), by: 'dana', reason: 'The target is needed for a demonstration.' },
  };
  return { job: stopped, timeline: chained(job.jobId, EVENTS.slice(0, 4)), generatedAt: at(4) };
}

/** A download, done, with no objectives and a point in time of phases that took no time at all. */
export function download(): Case {
  const { job } = passedDrill();
  const rest = without(job, 'objectives', 'restoreIntent');
  const done: RestoreJob = {
    ...rest,
    runbook: parseRestore(DOWNLOAD_TEXT),
    runbookText: DOWNLOAD_TEXT,
    startedBy: { type: 'cli', who: 'dana' },
    startedAt: at(0),
    endedAt: at(3),
    phases: phases({ guard: [0, 0], recoveryPoint: [0, 0], restore: [0, 3], verify: [3, 3] }),
    restoreAttempts: 2,
    restoreIntent: { at: at(0), attempt: 2, snapshotId: SNAPSHOT, delivery: 'download', alreadyThere: [] },
    atlas: {
      clusterKind: 'replicaSet',
      restoreJobId: RESTORE_JOB,
      restoreFinishedAt: at(3),
      downloadExpiresAt: at(3603),
    },
    restoredAt: at(3),
    recoveryPoint: { ...job.recoveryPoint!, chosenBy: 'latest' },
    checks: CHECKS.slice(0, 1),
    rtoSeconds: 3,
    rpoSeconds: 80_100,
    objectives: {
      rto: { achievedSeconds: 3, met: null },
      rpo: { achievedSeconds: 80_100, met: null },
    },
  };
  const events = EVENTS.slice(0, 2).map((event) => ({ ...event, at: at(0) }));
  return { job: done, timeline: chained(job.jobId, events), generatedAt: at(3) };
}

/** A restore to a point in time that was done, but whose check could not look. */
export function inconclusive(): Case {
  const { job, ...rest } = passedDrill();
  const checks: readonly CheckResult[] = [
    ...CHECKS.slice(0, 2),
    {
      name: 'restore-event',
      outcome: 'unknown',
      message: 'Lifeboat may not read the events of the project, so the restore is not confirmed from there.',
    },
  ];
  return {
    ...rest,
    job: {
      ...job,
      kind: 'restore',
      verdict: 'inconclusive',
      runbook: parseRestore(POINT_IN_TIME_TEXT),
      runbookText: POINT_IN_TIME_TEXT,
      recoveryPoint: {
        chosenBy: 'pointInTime',
        time: '2026-08-10T02:46:40.000Z',
        pointInTime: { oplogSeconds: 1_786_330_000, oplogIncrement: 7 },
      },
      checks,
    },
  };
}

/** A drill in the middle of its restore. */
export function stillRunning(): Case {
  const { job } = passedDrill();
  const rest = without(job, 'objectives', 'verdict', 'endedAt', 'restoredAt');
  const running: RestoreJob = {
    ...rest,
    status: 'RUNNING',
    phases: phases({ guard: [0.4, 2.1], recoveryPoint: [2.1, 3.8], restore: [4.2] }),
    atlas: { clusterKind: 'replicaSet', snapshotId: SNAPSHOT, restoreJobId: RESTORE_JOB },
    checks: [],
    rtoSeconds: null,
    rpoSeconds: null,
  };
  return { job: running, timeline: chained(job.jobId, EVENTS.slice(0, 7)), generatedAt: at(140) };
}

/** A job that nothing has happened to yet. */
export function pending(): Case {
  const { job } = stillRunning();
  const rest = without(job, 'startedAt', 'recoveryPoint', 'restoreIntent');
  return {
    job: { ...rest, status: 'PENDING', phases: {}, atlas: {}, guards: [] },
    timeline: [],
    generatedAt: at(0),
  };
}

/** Every case under its name. */
export const CASES: Readonly<Record<string, () => Case>> = {
  passedDrill,
  simulatedDrill,
  failedGuard,
  failedRestore,
  missedObjective,
  failedCheck,
  cancelled,
  download,
  inconclusive,
  stillRunning,
  pending,
};
