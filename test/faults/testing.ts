import { describe, expect, it } from 'vitest';
import { judge, nameOf, referenceOf, type Reference, type Run } from './judge.ts';
import type { Scenario } from './scenarios.ts';

/** Tests that some runs of each scenario end as they should and break no invariant. */
export function testRuns(scenarios: readonly Scenario[], runsOf: (reference: Reference) => Run[]): void {
  describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    it('ends as it should whatever goes wrong', async () => {
      const reference = await referenceOf(scenario);
      const runs = runsOf(reference);
      expect(runs.length).toBeGreaterThan(0);
      const wrong: string[] = [];
      for (const run of runs) {
        const found = await judge(reference, run);
        if (found.length > 0) wrong.push(`${nameOf(run)}:\n  ${found.join('\n  ')}`);
      }
      expect(wrong).toEqual([]);
    }, 1_800_000);
  });
}
