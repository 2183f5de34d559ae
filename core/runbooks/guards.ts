import type { CheckResult } from './check.ts';
import { compatibilityGuards } from './guards/compatibility.ts';
import type { GuardFacts, TargetPolicy } from './guards/facts.ts';
import { identityGuards, NEVER_WAIVED } from './guards/identity.ts';
import { recoveryPointGuards } from './guards/recovery-point.ts';
import { sourceGuards } from './guards/source.ts';
import { stepGuards } from './guards/steps.ts';
import { targetGuards } from './guards/target.ts';
import type { RestoreRunbook } from './kinds/restore.ts';

/**
 * Everything that can be told before a recovery point is chosen: whether this target may be erased, and whether source
 * and target are fit. A download has no target, so the guards of the target are left out.
 */
export function checkTarget(runbook: RestoreRunbook, policy: TargetPolicy, facts: GuardFacts): CheckResult[] {
  const { target } = runbook;
  const others = [...sourceGuards(runbook, facts), ...stepGuards(runbook, policy)];
  if (target !== undefined) {
    return [...identityGuards(runbook, target, policy), ...others, ...targetGuards(runbook, target, facts)];
  }
  if (runbook.delivery === 'download') return others;
  const message = `The runbook names no target, and delivery ${runbook.delivery} needs one.`;
  return [{ name: 'target-is-not-source', outcome: 'fail', message }, ...others];
}

/**
 * What can be told of a `fresh` snapshot before it is taken: it will hold what the source holds. Nothing for other recovery
 * points, which are judged by their snapshot.
 */
export function checkBeforeFresh(runbook: RestoreRunbook, facts: GuardFacts): CheckResult[] {
  const { target, recoveryPoint } = runbook;
  if (target === undefined || !('fresh' in recoveryPoint) || facts.recoveryPoint !== undefined) return [];
  return compatibilityGuards(runbook, target, facts);
}

/** Everything that depends on the recovery point: what it is, and whether the target can take it. */
export function checkRecoveryPoint(runbook: RestoreRunbook, facts: GuardFacts): CheckResult[] {
  const point = recoveryPointGuards(runbook, facts);
  return runbook.target === undefined
    ? point
    : [...point, ...compatibilityGuards(runbook, runbook.target, facts)];
}

/**
 * Whether the job may go on, and which guards forbid it.
 *
 * @param unknown what the runbook says of guards that could not look. Those that keep the wrong cluster from being erased
 * block whatever it says.
 */
export function decide(
  results: readonly CheckResult[],
  unknown: 'stop' | 'continue',
): { readonly ok: boolean; readonly blocking: readonly CheckResult[] } {
  const blocking = results.filter(({ name, outcome }) => {
    return (
      outcome === 'fail' || (outcome === 'unknown' && (unknown === 'stop' || NEVER_WAIVED.includes(name)))
    );
  });
  return { ok: blocking.length === 0, blocking };
}
