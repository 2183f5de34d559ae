import type { CheckResult } from '../check.ts';
import { clusterName } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, whenSourceSeen } from './outcomes.ts';

/** Whether the source can give what the runbook asks for. */
export function sourceGuards(runbook: RestoreRunbook, facts: GuardFacts): CheckResult[] {
  return [
    { name: 'source-has-backups', ...sourceHasBackups(runbook, facts) },
    { name: 'delivery-supported', ...deliverySupported(runbook, facts) },
  ];
}

function sourceHasBackups(runbook: RestoreRunbook, facts: GuardFacts): Outcome {
  return whenSourceSeen(runbook, facts, 'backups are on', ({ backups }) => {
    return judged(
      backups,
      `Backups of source ${clusterName(runbook.source)} are ${backups ? 'on' : 'off'}.`,
      { backups },
    );
  });
}

/** Flex has neither continuous backup nor on-demand snapshots, and its downloads are an API of their own. */
function deliverySupported(runbook: RestoreRunbook, facts: GuardFacts): Outcome {
  const { delivery } = runbook;
  return whenSourceSeen(runbook, facts, `delivery ${delivery} is possible`, ({ kind }) => {
    const name = clusterName(runbook.source);
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
