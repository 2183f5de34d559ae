import { INVARIANTS } from '../invariants/invariants.ts';
import { FAULTS, type Fault } from './faults.ts';
import type { KillResults } from './real/kills.ts';
import { EFFECT_KINDS } from './stage/effects.ts';

/** What came of a scenario under every fault. */
export interface ScenarioResults {
  readonly name: string;
  readonly tasks: number;
  readonly points: number;
  /** Points that are not reads. */
  readonly effects: number;
  /** By fault: where it makes sense, and how often it struck. */
  readonly faults: Readonly<Record<string, { readonly points: number; readonly runs: number }>>;
  readonly failures: readonly string[];
}

/** What a run of `npm run reliability` found. */
export interface Results {
  /** One of so many runs was made of each fault but the kills. */
  readonly sample: number;
  /** Points of real kills that were asked for, for each scenario. */
  readonly real: string;
  readonly seconds: number;
  readonly machine: string;
  readonly scenarios: readonly ScenarioResults[];
  readonly kills: readonly KillResults[];
}

/** What `npm run simulate` writes down. */
export interface SimulationResults {
  readonly jobs: number;
  readonly worlds: number;
  readonly seed: number;
  /** Mishaps that came about, by kind. */
  readonly troubles: Readonly<Record<string, number>>;
}

/** The text of docs/reliability.md. */
export function reliabilityPage(results: Results, simulation: SimulationResults | undefined): string {
  return `${[
    '# Reliability',
    '<!-- Written by `npm run reliability`. Do not edit it by hand. -->',
    INTRODUCTION,
    '## What was run',
    whatWasRun(results),
    scenarioTable(results),
    '## Faults',
    FAULT_WORDS,
    faultTable(results),
    '## Real kills',
    realKills(results),
    '## What holds',
    'After each run, whatever went wrong in it:',
    INVARIANTS.map(({ name, says }) => `- **${name}**: ${says}`).join('\n'),
    '## The simulation',
    simulationWords(simulation),
    '## How to repeat it',
    REPEAT,
    '## What this does not show',
    LIMITS,
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `Lifeboat overwrites databases, so a crash at the wrong moment must neither lose what happened nor do it twice. \`test/faults\` plays
whole jobs against the simulated Atlas, notes every effect that they have (each change in Atlas, each write to the history, each
report, each message) and every read of Atlas, and then plays them again with a fault at each of these points. A job that ends is
held against a list of invariants. A test fails when a task of a workflow, or a kind of effect that tasks can have, is in none of
the scenarios: a new one comes with a scenario, or not at all.`;

function whatWasRun({ scenarios, seconds, machine, sample }: Results): string {
  const points = scenarios.reduce((sum, one) => sum + one.points, 0);
  const effects = scenarios.reduce((sum, one) => sum + one.effects, 0);
  const runs = scenarios.reduce((sum, one) => sum + runsOf(one), 0);
  const failures = scenarios.reduce((sum, one) => sum + one.failures.length, 0);
  const part = sample === 1 ? 'every run' : `every kill, and one of ${sample} runs of each other fault`;
  return `**${scenarios.length} scenarios, ${points} points (${effects} of them effects), ${FAULTS.length} faults, ${runs} runs, ${failures} failed**: ${part}, with the real
kills below in ${Math.round(seconds / 60)} minutes on ${machine}.`;
}

function scenarioTable({ scenarios }: Results): string {
  const rows = scenarios.map((one) => [
    one.name,
    one.tasks,
    one.points,
    one.effects,
    runsOf(one),
    one.failures.length,
  ]);
  return table(['scenario', 'tasks', 'points', 'effects', 'runs', 'failed'], rows);
}

function runsOf({ faults }: ScenarioResults): number {
  return Object.values(faults).reduce((sum, { runs }) => sum + runs, 0);
}

const FAULT_WORDS =
  'Each fault strikes where it makes sense; where it does not, the reason stands beside it. *End*: whether the job has to end as it does without the fault, or may end in another way that the invariants allow.';

function faultTable({ scenarios }: Results): string {
  const rows = FAULTS.map((fault) => {
    const counts = scenarios.map(({ faults }) => faults[fault.name] ?? { points: 0, runs: 0 });
    const points = counts.reduce((sum, one) => sum + one.points, 0);
    const runs = counts.reduce((sum, one) => sum + one.runs, 0);
    const end = fault.ends === 'somehow' ? 'may differ' : 'the same';
    return [fault.name, fault.says, notThere(fault), end, points, runs];
  });
  return table(['fault', 'what happens', 'not at', 'end', 'points', 'runs'], rows);
}

function notThere({ at }: Fault): string {
  const reasons = new Map<string, string[]>();
  for (const kind of EFFECT_KINDS) {
    const where = at[kind];
    if (where !== 'strikes') reasons.set(where.no, [...(reasons.get(where.no) ?? []), kind]);
  }
  return [...reasons].map(([why, kinds]) => `${kinds.join(', ')}: ${why}`).join('<br>');
}

function realKills({ kills, real }: Results): string {
  const rows = kills.map((one) => [one.name, one.effects, one.points, one.killed, one.failures.length]);
  const asked = real === 'all' ? 'every point' : `${real} points, spread evenly,`;
  return `The embedded edition as it is, in a process of its own, its history and its reports on disk, and Atlas at the other end of a
socket. The process kills itself with \`SIGKILL\` at a point, and another one goes on with the job. Killed at: ${asked} before and
after the effects of a process that is let live. A job that came to its end before the point (looks vary with the machine's time)
is counted as not killed.

${table(['scenario', 'effects', 'points', 'killed', 'failed'], rows)}`;
}

function simulationWords(simulation: SimulationResults | undefined): string {
  if (simulation === undefined)
    return 'Beside this stands a seeded simulation with random jobs, worlds and mishaps (`npm run simulate`). Its figures were not there when this page was written.';
  const { jobs, worlds, seed, troubles } = simulation;
  const mishaps = Object.values(troubles).reduce((sum, one) => sum + one, 0);
  return `Beside this stands a seeded simulation on virtual time (\`npm run simulate\`): random runbooks, worlds, mishaps and interleavings of
several jobs over the same targets, held against the same invariants. Its last run played **${jobs} jobs in ${worlds} worlds with ${mishaps} mishaps**
from seed ${seed}.`;
}

const REPEAT = `- \`npm run reliability\` plays everything, prints its progress, and writes this page and \`bench/results/reliability.json\`. It fails
  when a run does.
- \`npm run reliability -- --sample 20 --real 10\` plays every kill, one of 20 runs of each other fault, and 10 real kills of each scenario.
- \`npm test\` plays a part of it each time: every kill that differs from another, a sample of every other fault in every scenario, a
  few real kills, and \`mutants.test.ts\`, which breaks Lifeboat on purpose and expects the invariants to notice.`;

const LIMITS = `- The Atlas is a simulated one. It refuses what Atlas's documentation says it refuses; what Atlas does beyond that, nobody has tried.
- But for the real kills, processes share one: no sockets, no disk, and a table in memory that behaves as DynamoDB's conditions do.
  Transports, the embedded table and the deployed stack have tests of their own.
- A process that is held up between its last look at the clock and the first byte on the socket, for minutes, may send a request
  whose intent others have given up. Atlas has no key by which it could tell; the intent's age is checked right before it is sent.
- A power cut is not a kill: what the disk had acknowledged is taken as kept.
- One fault at a time. Several at once, and several jobs at once, are what the simulation is for.`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
