import { FAULTS } from './faults.ts';
import { judge, nameOf, referenceOf, runsOf } from './judge.ts';
import type { ScenarioResults } from './page.ts';
import { isKill } from './samples.ts';
import { SCENARIOS } from './scenarios.ts';

/**
 * Strikes a scenario with every fault at every point.
 *
 * @param sample one of so many runs of each fault is made; of the kills every one.
 */
export async function strikeScenario(name: string, sample: number): Promise<ScenarioResults> {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (scenario === undefined) throw new TypeError(`There is no scenario ${name}.`);
  const reference = await referenceOf(scenario);
  const failures: string[] = [];
  const faults: Record<string, { points: number; runs: number }> = {};
  for (const fault of FAULTS) {
    const all = runsOf(reference, [fault]);
    const wanted = isKill(fault) ? all : all.filter((_run, index) => index % sample === 0);
    for (const run of wanted) {
      const wrong = await judge(reference, run);
      if (wrong.length > 0) failures.push(`${name}: ${nameOf(run)}: ${wrong.join(' / ')}`);
    }
    faults[fault.name] = { points: all.length, runs: wanted.length };
  }
  const { points, tasks } = reference;
  const effects = points.filter(({ kind }) => kind !== 'read').length;
  return { name, tasks: tasks.length, points: points.length, effects, faults, failures };
}
