import { isoTime } from '../../clock.ts';
import type { CheckResult } from '../check.ts';
import { clusterName } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { PointInTime, SnapshotFacts } from '../snapshot.ts';
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
  ];
}

function snapshotComplete({ id, status, atlasStatus }: SnapshotFacts): Outcome {
  if (status === 'unknown') {
    return unknown(
      `Snapshot ${id} is ${atlasStatus}, a status that Lifeboat does not know`,
      'it is complete',
    );
  }
  return judged(status === 'completed', `Snapshot ${id} is ${atlasStatus}.`, { status: atlasStatus });
}

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

function pointInTimeInWindow(runbook: RestoreRunbook, point: PointInTime, facts: GuardFacts): Outcome {
  const at = ('utcSeconds' in point ? point.utcSeconds : point.oplogSeconds) * 1000;
  const instant = isoTime(at);
  const name = clusterName(runbook.source);
  if (at > Date.parse(facts.now))
    return judged(false, `The point in time ${instant} lies in the future.`, { instant });
  const doubt = `${name} can be restored to ${instant}`;
  return whenSourceSeen(runbook, facts, doubt, ({ pointInTime }) => {
    if (!pointInTime)
      return judged(false, `Source ${name} has no continuous backup, so no point in time.`, { pointInTime });
    return whenSeen(
      facts.pointInTimeWindow,
      `The restore window of source ${name}`,
      doubt,
      ({ from, to }) => {
        const inside = at >= Date.parse(from) && at <= Date.parse(to);
        const message = `The point in time ${instant} lies ${inside ? 'inside' : 'outside'} the restore window of source ${name}, ${from} to ${to}.`;
        return judged(inside, message, { instant, from, to });
      },
    );
  });
}
