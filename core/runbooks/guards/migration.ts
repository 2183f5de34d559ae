import type { CheckResult, Look } from '../check.ts';
import { clusterName, type ClusterFacts, type ClusterRef } from '../cluster.ts';
import type { CutoverRunbook } from '../kinds/cutover.ts';
import type { TargetPolicy } from './facts.ts';
import { sameName, targetProjectAllowed } from './identity.ts';
import { judged, type Outcome, unknown, whenSeen } from './outcomes.ts';
import { stepGuards } from './steps.ts';
import { targetIdle, targetNotPaused } from './target.ts';

/** One look at a live migration. */
export interface MigrationFacts {
  /** Atlas's own word: `NEW`, `WORKING`, `COMPLETE`, `FAILED`, `EXPIRED`, or one that is new to us; absent without one. */
  readonly status?: string;
  /** Whether Atlas says that it can be cut over. */
  readonly ready: boolean;
  /** Seconds that the target is behind; null when Atlas gives none, which is not zero. */
  readonly lagSeconds: number | null;
}

/** What was seen in Atlas before a cutover, or why it could not be seen. */
export interface CutoverFacts {
  readonly target: Look<ClusterFacts>;
  readonly migration: Look<MigrationFacts>;
}

/**
 * Everything that must hold before a live migration is cut over. It erases nothing, so a protected target is no reason to stop:
 * it is always approved by somebody else.
 *
 * @param stage `early`: the migration may still be on its way; `last`: it has to be ready.
 */
export function cutoverGuards(
  runbook: CutoverRunbook,
  policy: TargetPolicy,
  facts: CutoverFacts,
  stage: 'early' | 'last',
): CheckResult[] {
  const { target } = runbook;
  return [
    ...targetIsNotSource(runbook, target),
    { name: 'target-project-allowed', ...targetProjectAllowed(runbook, target, policy) },
    ...stepGuards(runbook, policy),
    { name: 'target-not-paused', ...targetNotPaused(target, facts) },
    { name: 'target-idle', ...targetIdle(target, facts) },
    { name: 'migration-open', ...migrationOpen(runbook, facts) },
    ...(stage === 'last' ? [{ name: 'migration-ready', ...migrationReady(runbook, facts) }] : []),
  ];
}

function targetIsNotSource({ source }: CutoverRunbook, target: ClusterRef): CheckResult[] {
  if (source === undefined) return [];
  const [from, onto] = [clusterName(source), clusterName(target)];
  const same = sameName(from, onto);
  const message = `Target ${onto} is ${same ? 'the source itself' : `not the source ${from}`}.`;
  return [{ name: 'target-is-not-source', ...judged(!same, message, { source: from, target: onto }) }];
}

const OVER = ['COMPLETE', 'FAILED', 'EXPIRED'];
const UNDER_WAY = ['NEW', 'WORKING'];

function migrationOpen(runbook: CutoverRunbook, facts: CutoverFacts): Outcome {
  const doubt = 'it can still be cut over';
  return whenMigrationSeen(runbook, facts, doubt, ({ status }) => {
    const said = status ?? 'without a status';
    if (!OVER.includes(said) && !UNDER_WAY.includes(said))
      return unknown(`Live migration ${runbook.migration} is ${said}, which is new to Lifeboat`, doubt);
    const message = `Live migration ${runbook.migration} is ${said}${OVER.includes(said) ? ': it can no longer be cut over' : ''}.`;
    return judged(!OVER.includes(said), message, { status: said });
  });
}

function migrationReady(runbook: CutoverRunbook, facts: CutoverFacts): Outcome {
  return whenMigrationSeen(runbook, facts, 'it can be cut over', ({ status = null, ready }) => {
    const can = ready && status === 'WORKING';
    const message = `Atlas says that live migration ${runbook.migration} can ${can ? '' : 'not '}be cut over now.`;
    return judged(can, message, { status, ready });
  });
}

function whenMigrationSeen(
  { migration }: CutoverRunbook,
  facts: CutoverFacts,
  doubt: string,
  judge: (seen: MigrationFacts) => Outcome,
): Outcome {
  return whenSeen(facts.migration, `Live migration ${migration}`, doubt, judge);
}
