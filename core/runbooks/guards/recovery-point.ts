import { isoTime } from '../../clock.ts';
import type { CheckResult } from '../check.ts';
import { clusterName } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import { instantOf, type PointInTime, type SnapshotFacts } from '../snapshot.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown, whenSeen, whenSourceSeen } from './outcomes.ts';

/** Whether the chosen recovery point can be restored from, now and until the restore is done. */
export function recoveryPointGuards(runbook: RestoreRunbook, facts: GuardFacts): CheckResult[] {
  if ('pointInTime' in runbook.recoveryPoint) {
    const outcome = pointInTimeInWindow(runbook, runbook.recoveryPoint.pointInTime, facts);
    return [{ name: 'point-in-time-in-window', ...outcome }];
  }
  const snapshot = facts.recoveryPoint?.snapshot;
  const of = (doubt: string, judge: (snapshot: SnapshotFacts) => Outcome) =>
    snapshot === undefined ? unknown('No snapshot has been chosen', doubt) : judge(snapshot);
  return [
    { name: 'snapshot-complete', ...of('it is complete', snapshotComplete) },
    { name: 'snapshot-not-fallback', ...of('it is a fallback', (it) => snapshotNotFallback(runbook, it)) },
    {
      name: 'snapshot-outlives-restore',
      ...of('it outlives the restore', (it) => snapshotOutlivesRestore(runbook, it, facts.now)),
    },
    ...(runbook.delivery === 'download'
      ? [{ name: 'snapshot-not-being-downloaded', ...of(DOWNLOADED, (it) => notBeingDownloaded(it, facts)) }]
      : []),
  ];
}

const DOWNLOADED = 'it is being downloaded already';

/** Atlas has one download of a snapshot at a time (400 `CANNOT_DOWNLOAD_SNAPSHOT_CONCURRENTLY`, restore-one-snapshot-of-one-cluster). */
function notBeingDownloaded({ id }: SnapshotFacts, facts: GuardFacts): Outcome {
  return whenSeen(facts.openDownloads, `The downloads of snapshot ${id}`, DOWNLOADED, (downloads) => {
    const open = downloads
      .filter(({ snapshotId }) => snapshotId === id)
      .map(({ restoreJobId }) => restoreJobId);
    const message =
      open.length > 0
        ? `Snapshot ${id} is being downloaded already, by restore job ${open.join(', ')}: wait for it, or cancel it.`
        : `No download of snapshot ${id} is under way.`;
    return judged(open.length === 0, message, { openDownloads: open.length });
  });
}

/** Atlas restores complete snapshots only (409 `CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT`). */
function snapshotComplete({ id, status, atlasStatus }: SnapshotFacts): Outcome {
  if (status === 'unknown') {
    return unknown(
      `Snapshot ${id} is ${atlasStatus}, a status that Lifeboat does not know`,
      'it is complete',
    );
  }
  return judged(status === 'completed', `Snapshot ${id} is ${atlasStatus}.`, { status: atlasStatus });
}

/** A fallback snapshot may be inconsistent (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-snapshot/#fallback-snapshots). */
function snapshotNotFallback(runbook: RestoreRunbook, { id, kind, type }: SnapshotFacts): Outcome {
  if (type === undefined && kind !== 'flex') {
    return unknown(
      `Atlas does not tell the type of snapshot ${id}`,
      'it is a fallback, which may be inconsistent',
    );
  }
  const evidence = { type: type ?? null };
  if (type !== 'fallback') return judged(true, `Snapshot ${id} is not a fallback.`, evidence);
  if (runbook.guards.fallbackSnapshots) {
    return judged(
      true,
      `Snapshot ${id} is a fallback, which may be inconsistent; the runbook accepts that.`,
      evidence,
    );
  }
  const message = `Snapshot ${id} is a fallback, which may be inconsistent; to accept that, set guards.fallbackSnapshots to true.`;
  return judged(false, message, evidence);
}

/** Atlas deletes a snapshot when it expires (`expiresAt`), and restores no deleted one (409 `CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT`). */
function snapshotOutlivesRestore(
  runbook: RestoreRunbook,
  { id, expiresAt }: SnapshotFacts,
  now: string,
): Outcome {
  const expiry = Date.parse(expiresAt ?? '');
  if (Number.isNaN(expiry))
    return unknown(`Atlas does not tell when snapshot ${id} expires`, 'it outlives the restore');
  const end = Date.parse(now) + runbook.timeouts.restore * 1000;
  const message = `Snapshot ${id} expires at ${isoTime(expiry)}; the restore may take until ${isoTime(end)}.`;
  return judged(expiry > end, message, { expiresAt: isoTime(expiry), restoreUntil: isoTime(end) });
}

/**
 * Atlas restores to an instant between the oldest snapshot and now, within the restore window of the schedule (400
 * `INVALID_PIT_RESTORE_TIME`; https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-continuous/), but not to one
 * between the start of a restore onto the cluster and its next snapshot.
 */
function pointInTimeInWindow(runbook: RestoreRunbook, point: PointInTime, facts: GuardFacts): Outcome {
  const at = instantOf(point);
  const instant = isoTime(at);
  const name = clusterName(runbook.source);
  if (at > Date.parse(facts.now))
    return judged(false, `The point in time ${instant} lies in the future.`, { instant });
  const doubt = `${name} can be restored to ${instant}`;
  return whenSourceSeen(runbook, facts, doubt, ({ pointInTime }) => {
    if (pointInTime === undefined)
      return unknown(`Atlas does not tell whether source ${name} has continuous backup`, doubt);
    if (!pointInTime)
      return judged(false, `Source ${name} has no continuous backup, so no point in time.`, { pointInTime });
    const what = `The restore window of source ${name}`;
    return whenSeen(facts.pointInTimeWindow, what, doubt, ({ from, to, gaps }) => {
      const around = gaps.filter(
        (one) => at >= Date.parse(one.from) && (one.to === undefined || at < Date.parse(one.to)),
      );
      const gap = around.find(({ certain }) => certain);
      if (gap !== undefined) {
        const message = `Source ${name} has no point in time ${instant}: restore job ${gap.restoreJobId} overwrote it, and there is none from ${gap.from} until ${gap.to ?? 'its next snapshot'}.`;
        return judged(false, message, { instant, restoreJob: gap.restoreJobId });
      }
      const [maybe] = around;
      if (maybe !== undefined)
        return unknown(
          `Atlas does not say onto which cluster restore job ${maybe.restoreJobId} restored`,
          doubt,
        );
      const inside = at >= Date.parse(from) && at <= Date.parse(to);
      const message = `The point in time ${instant} lies ${inside ? 'inside' : 'outside'} the restore window of source ${name}, ${from} to ${to}.`;
      return judged(inside, message, { instant, from, to });
    });
  });
}
