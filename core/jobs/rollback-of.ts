import { clusterName } from '../runbooks/cluster.ts';
import { fillRollback, type Placeholder } from '../runbooks/rollback.ts';
import { sideOf } from './cutover-record.ts';
import type { CutoverJob } from './job.ts';
import { writesStoppedAt, writeStopSeconds } from './write-stop.ts';

/**
 * The runbook's `rollback:` procedure with the names and times of a job. Instants are ISO 8601 UTC; what did not happen, or is
 * not known, says so.
 *
 * @param now ISO 8601 UTC.
 */
export function rollbackOf(job: CutoverJob, now: string): string {
  const { runbook, cutover, atlas, failure } = job;
  const { source, target } = runbook;
  const values: Readonly<Record<Placeholder, string>> = {
    job: job.jobId,
    runbook: runbook.name,
    migration: runbook.migration,
    status: cutover.status ?? 'not known',
    source: source === undefined ? 'the source (not in Atlas)' : clusterName(source),
    target: clusterName(target),
    side: sideOf(cutover),
    reason: failure?.message ?? 'none',
    startedAt: job.startedAt ?? 'not started',
    writesStoppedAt: writesStoppedAt(job) ?? 'not stopped',
    writesBackAt: cutover.writesBackAt ?? 'not yet',
    writeStopSeconds: String(writeStopSeconds(job) ?? 'not known'),
    cutoverAskedAt: cutover.intent?.at ?? 'not asked for',
    cutoverCompletedAt: cutover.completedAt ?? 'not seen complete',
    snapshot: atlas.snapshotId ?? 'none',
    now,
  };
  return fillRollback(runbook.rollback, values);
}
