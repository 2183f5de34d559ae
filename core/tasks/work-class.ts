import { sizeClassOf, type WorkClass } from '../jobs/durations-store.ts';
import type { RestoreJob } from '../jobs/job.ts';

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
