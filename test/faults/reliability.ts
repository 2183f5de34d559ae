import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { reliabilityPage, type Results, type ScenarioResults, type SimulationResults } from './page.ts';
import { killReally } from './real/kills.ts';
import { REAL_SCENARIOS } from './real/scenarios.ts';
import { strikeScenario } from './strike-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

// The nightly form: every fault at every point, real kills, and docs/reliability.md.
const { values } = parseArgs({
  options: {
    // One of so many runs of each fault but the kills, which are all made.
    sample: { type: 'string', default: '1' },
    // Points at which processes are really killed, for each of their scenarios.
    real: { type: 'string', default: 'all' },
    // One of them alone, printed as JSON.
    scenario: { type: 'string' },
  },
});
const sample = Number(values.sample);
const place = (path: string) => new URL(`../../${path}`, import.meta.url);
const RESULTS = place('bench/results/reliability.json');
const PAGE = place('docs/reliability.md');
const SIMULATION = place('bench/results/simulation.json');

if (values.scenario === undefined) await everything();
else process.stdout.write(JSON.stringify(await strikeScenario(values.scenario, sample)));
process.exit();

async function everything(): Promise<void> {
  const begun = Date.now();
  const scenarios = await inTurns(
    SCENARIOS.map(({ name }) => async () => {
      const result = await inProcess(name);
      console.log(`${name}: ${result.points} points, ${sum(result)} runs, ${result.failures.length} failed`);
      for (const failure of result.failures) console.log(`  ${failure}`);
      return result;
    }),
    availableParallelism(),
  );
  const real = await inTurns(
    REAL_SCENARIOS.map((scenario) => () => killReally(scenario, values.real, console.log)),
    1,
  );
  const results: Results = {
    sample,
    real: values.real,
    seconds: Math.round((Date.now() - begun) / 1000),
    machine: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.version}`,
    scenarios,
    kills: real,
  };
  await write(RESULTS, JSON.stringify(results));
  await write(PAGE, reliabilityPage(results, simulation()));
  const failed = [...scenarios, ...real].reduce((count, { failures }) => count + failures.length, 0);
  console.log(failed === 0 ? 'Nothing failed. docs/reliability.md is written.' : `${failed} failed.`);
  if (failed > 0) process.exitCode = 1;
}

/** Writes a file as prettier has it. */
async function write(file: URL, content: string): Promise<void> {
  const filepath = fileURLToPath(file);
  writeFileSync(file, await format(content, { ...(await resolveConfig(filepath)), filepath }));
}

function simulation(): SimulationResults | undefined {
  try {
    return JSON.parse(readFileSync(SIMULATION, 'utf8')) as SimulationResults;
  } catch {
    // It has not been run here.
    return undefined;
  }
}

/** A scenario in a process of its own, so that each core has one. */
async function inProcess(scenario: string): Promise<ScenarioResults> {
  const self = fileURLToPath(import.meta.url);
  const options = ['--scenario', scenario, '--sample', values.sample];
  const child = spawn(process.execPath, ['--import', 'tsx', self, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(await text(child.stdout)) as ScenarioResults;
}

function sum({ faults }: ScenarioResults): number {
  return Object.values(faults).reduce((count, { runs }) => count + runs, 0);
}

async function inTurns<T>(works: readonly (() => Promise<T>)[], atOnce: number): Promise<T[]> {
  const results: T[] = [];
  const left = [...works.entries()];
  const next = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) results[one[0]] = await one[1]();
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  return results;
}
