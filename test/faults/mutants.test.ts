import { describe, expect, it } from 'vitest';
import { faultOf } from './faults.ts';
import { referenceOf, runsOf } from './judge.ts';
import { MUTATIONS } from './mutants.ts';
import { play } from './play.ts';
import { SCENARIOS } from './scenarios.ts';

describe('what is broken on purpose is noticed:', () => {
  it.each(MUTATIONS.map((mutation) => [mutation.says, mutation] as const))(
    '%s',
    async (_says, { mutant, scenario: name, fault, breaks }) => {
      const scenario = SCENARIOS.find((one) => one.name === name)!;
      if (fault === undefined) {
        expect(namesIn(await play(scenario, undefined, mutant))).toContain(breaks);
        return;
      }
      const reference = await referenceOf(scenario);
      const runs = runsOf(reference, [faultOf(fault.name)]).filter(({ point }) => point.name === fault.at);
      const found = new Set<string>();
      for (const run of runs)
        for (const broken of namesIn(await play(scenario, run, mutant))) found.add(broken);
      expect(found).toContain(breaks);
    },
    60_000,
  );
});

function namesIn({ broken }: Awaited<ReturnType<typeof play>>): string[] {
  return broken.map((line) => line.slice(0, line.indexOf(':')));
}
