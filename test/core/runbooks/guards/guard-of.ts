import type { CheckResult } from '../../../../core/runbooks/check.ts';
import { checkBeforeFresh, checkRecoveryPoint, checkTarget } from '../../../../core/runbooks/guards.ts';
import type { GuardFacts } from '../../../../core/runbooks/guards/facts.ts';
import type { SnapshotFacts } from '../../../../core/runbooks/snapshot.ts';
import { goodFacts, pointOf, runbook, snapshot } from '../fixtures.ts';

/** One guard by its name, with the facts of the fixtures but for those given. */
export function guardOf(name: string, facts: Partial<GuardFacts>, book = runbook()): CheckResult {
  const found = allGuards(facts, book).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no guard ${name}.`);
  return found;
}

/** All guards just before a restore. */
export function allGuards(facts: Partial<GuardFacts>, book = runbook()): CheckResult[] {
  const all = goodFacts(facts);
  return [...checkTarget(book, { protectedClusters: [] }, all), ...checkRecoveryPoint(book, all)];
}

/** Guards before a fresh snapshot is taken. */
export function guardsBeforeFresh(facts: Partial<GuardFacts>): CheckResult[] {
  const all = goodFacts(facts);
  Reflect.deleteProperty(all, 'recoveryPoint');
  return checkBeforeFresh(runbook({ recoveryPoint: { fresh: {} } }), all);
}

/** A chosen snapshot with these properties. */
export function chosen(parts: Partial<SnapshotFacts>): Pick<GuardFacts, 'recoveryPoint'> {
  return { recoveryPoint: pointOf(snapshot(parts)) };
}

/** A point in time, 2026-08-10T02:46:40Z. */
export const POINT = runbook({
  delivery: 'pointInTime',
  recoveryPoint: { pointInTime: { utcSeconds: 1_786_330_000 } },
});

/** Facts of a point in time: no snapshot was chosen. */
export const AT_POINT: Partial<GuardFacts> = { recoveryPoint: { chosenBy: 'pointInTime' } };
