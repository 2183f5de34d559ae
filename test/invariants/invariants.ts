import { ATLAS_INVARIANTS } from './atlas.ts';
import { CUTOVER_INVARIANTS } from './cutovers.ts';
import { HISTORY_INVARIANTS } from './history.ts';
import type { Invariant } from './invariant.ts';
import { VERDICT_INVARIANTS } from './verdicts.ts';
import type { Witness } from './witness.ts';

/** Everything that holds whatever went wrong; docs/reliability.md lists it. */
export const INVARIANTS: readonly Invariant[] = [
  ...HISTORY_INVARIANTS,
  ...ATLAS_INVARIANTS,
  ...CUTOVER_INVARIANTS,
  ...VERDICT_INVARIANTS,
];

/** Something that must hold did not. */
export class InvariantsBrokenError extends Error {
  override readonly name = 'InvariantsBrokenError';
}

/** Every breach, as `name: what was seen`. */
export function breaches(witness: Witness, invariants: readonly Invariant[] = INVARIANTS): readonly string[] {
  return invariants.flatMap((one) => one.broken(witness).map((line) => `${one.name}: ${line}`));
}

/** @throws InvariantsBrokenError that lists every breach by the name of its invariant. */
export function assertInvariants(witness: Witness, invariants: readonly Invariant[] = INVARIANTS): void {
  const found = breaches(witness, invariants);
  if (found.length === 0) return;
  throw new InvariantsBrokenError(`Broken:\n${found.map((line) => `  ${line}`).join('\n')}`);
}
