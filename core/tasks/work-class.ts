import { sizeClassOf, type WorkClass } from '../jobs/durations-store.ts';
import { isRestoreJob, type Job, type PhaseName, type RestoreJob } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';

/** Work of a job's own that Atlas is doing now. */
export interface WorkUnderWay {
  readonly phase: PhaseName;
  readonly work: WorkClass;
  /** When it was asked for, ISO 8601 UTC. */
  readonly since: string;
}

/** What Atlas is doing for a job, where earlier work tells how long that takes: a restore, or the snapshot that it begins with. */
export function workUnderWay(job: Job): WorkUnderWay | undefined {
  if (!isRestoreJob(job) || isFinal(job.status)) return undefined;
  const { restoreIntent, snapshotIntent, recoveryPoint, atlas } = job;
  if (restoreIntent !== undefined) {
    if (atlas.restoreFinishedAt !== undefined) return undefined;
    return { phase: 'restore', work: restoreClass(job), since: restoreIntent.at };
  }
  if (snapshotIntent === undefined || recoveryPoint !== undefined) return undefined;
  return { phase: 'recoveryPoint', work: snapshotClass(job), since: snapshotIntent.at };
}

/** The class of a job's restore: restores of one class take about as long each time. */
export function restoreClass(job: RestoreJob): WorkClass {
  const kind = `${job.atlas.clusterKind ?? 'unknown'}/${job.runbook.delivery}`;
  return {
    operation: 'restore',
    kind: kindOf(job, kind),
    sizeClass: sizeClassOf(job.recoveryPoint?.snapshot?.sizeBytes),
  };
}

/** The class of the snapshot that a job takes first. How large it becomes is known only when it is done. */
export function snapshotClass(job: RestoreJob): WorkClass {
  return {
    operation: 'snapshot',
    kind: kindOf(job, job.atlas.clusterKind ?? 'unknown'),
    sizeClass: null,
  };
}

/** Simulated work teaches nothing about Atlas. */
function kindOf({ simulation }: RestoreJob, kind: string): string {
  return simulation === undefined ? kind : `simulated/${kind}`;
}
