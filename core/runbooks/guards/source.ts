import { isoTime } from '../../clock.ts';
import type { CheckResult } from '../check.ts';
import { clusterName } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import { instantOf } from '../snapshot.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown, whenSeen, whenSourceSeen } from './outcomes.ts';

/** Whether the source can give what the runbook asks for. */
export function sourceGuards(runbook: RestoreRunbook, facts: GuardFacts): CheckResult[] {
  return [
    { name: 'source-has-backups', ...sourceHasBackups(runbook, facts) },
    { name: 'delivery-supported', ...deliverySupported(runbook, facts) },
  ];
}

/**
 * Atlas has backups of the source to restore (400 `BACKUP_JOB_NOT_FOUND` where they are off). "For paused clusters, Atlas …
 * stops all backups. Your existing snapshots remain until they expire" (https://www.mongodb.com/docs/atlas/pause-terminate-cluster/):
 * nothing of now can be restored then. Since when a cluster is paused, Atlas does not say.
 */
function sourceHasBackups(runbook: RestoreRunbook, facts: GuardFacts): Outcome {
  const name = clusterName(runbook.source);
  const doubt = 'backups are on';
  return whenSourceSeen(runbook, facts, doubt, ({ backups, paused }) => {
    if (backups === undefined)
      return unknown(`Atlas does not tell whether source ${name} has backups`, doubt);
    if (!backups)
      return judged(false, `Backups of source ${name} are off.`, { backups, paused: paused ?? null });
    if (paused === true) return ofPausedSource(runbook, facts);
    if (paused === undefined && ofPausedSource(runbook, facts).outcome !== 'pass')
      return unknown(`Atlas does not tell whether source ${name} is paused`, 'it gets new backups');
    return judged(true, `Backups of source ${name} are on.`, { backups });
  });
}

function ofPausedSource(runbook: RestoreRunbook, facts: GuardFacts): Outcome {
  const { recoveryPoint } = runbook;
  const name = clusterName(runbook.source);
  const evidence = { backups: true, paused: true };
  if ('fresh' in recoveryPoint && facts.recoveryPoint === undefined) {
    const message = `Source ${name} is paused, and Atlas takes no snapshot of a paused cluster: resume it first, or restore a snapshot that exists.`;
    return judged(false, message, evidence);
  }
  if (!('pointInTime' in recoveryPoint)) {
    const message = `Source ${name} is paused: it gets no new backups, and its existing snapshots can be restored.`;
    return judged(true, message, evidence);
  }
  const at = instantOf(recoveryPoint.pointInTime);
  const doubt = `it was paused before ${isoTime(at)}`;
  return whenSeen(facts.pointInTimeWindow, `The snapshots of source ${name}`, doubt, ({ newest }) => {
    if (newest === undefined || at > Date.parse(newest)) {
      const seen = newest === undefined ? 'has no snapshot' : `has no snapshot since ${newest}`;
      return unknown(`Source ${name} is paused and ${seen}: a paused cluster gets no points in time`, doubt);
    }
    const message = `Source ${name} is paused, and was not yet at ${isoTime(at)}: its newest snapshot is of ${newest}.`;
    return judged(true, message, evidence);
  });
}

/**
 * Flex has neither continuous backup nor on-demand snapshots, and its downloads are an API of their own
 * (`createFlexRestoreJob` of openapi.json takes a snapshot and a target, and there is no operation that takes a flex snapshot).
 */
function deliverySupported(runbook: RestoreRunbook, facts: GuardFacts): Outcome {
  const { delivery } = runbook;
  return whenSourceSeen(runbook, facts, `delivery ${delivery} is possible`, ({ kind }) => {
    const name = clusterName(runbook.source);
    if (kind === undefined)
      return unknown(
        `Atlas does not tell which kind of cluster source ${name} is`,
        `delivery ${delivery} is possible`,
      );
    const evidence = { kind, delivery };
    if (kind !== 'flex')
      return judged(true, `Delivery ${delivery} is possible from source ${name} (${kind}).`, evidence);
    if (delivery !== 'automated') {
      return judged(
        false,
        `Source ${name} is a flex cluster, which allows delivery automated only, not ${delivery}.`,
        evidence,
      );
    }
    if ('fresh' in runbook.recoveryPoint) {
      return judged(
        false,
        `Source ${name} is a flex cluster, of which no on-demand snapshot can be taken.`,
        evidence,
      );
    }
    return judged(true, `Delivery automated is possible from source ${name} (flex).`, evidence);
  });
}
