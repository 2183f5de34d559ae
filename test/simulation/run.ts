import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { thisMachine } from '../../bench/machine.ts';
import { breachText } from './breach.ts';
import { openEngines } from './engines.ts';
import { playBatch } from './play-batch.ts';
import { playWorld } from './play-world.ts';
import { simulate } from './simulate.ts';
import { countsText, type Tally } from './tally.ts';
import { startWorkers } from './workers.ts';

const USAGE = `npm run simulate -- [--jobs N] [--seed N] [--minutes N] [--workers N] [--record]
npm run simulate -- --seed N --path P    plays the one world that a breach named, and prints what happened in it`;

/** Processes that play, where nobody says how many. */
const WORKERS = Math.min(availableParallelism(), 8);
const RESULTS = new URL('../../bench/results/', import.meta.url);

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    path: { type: 'string' },
    minutes: { type: 'string' },
    workers: { type: 'string', default: String(WORKERS) },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(USAGE);
else process.exitCode = await (values.path === undefined ? playMany() : playOne(values.path));

async function playMany(): Promise<number> {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const jobs = Number(values.jobs);
  const atOnce = Number(values.workers);
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  const limit = Number(values.minutes ?? Infinity) * 60;
  console.log(`Simulating ${jobs} jobs, seed ${seed}, in ${atOnce} processes.`);
  const workers = startWorkers(atOnce);
  try {
    const { tally, breach } = await simulate({
      jobs,
      seed,
      atOnce,
      playBatch: (one) => workers.playBatch(one),
      goesOn: () => seconds() < limit,
      onProgress: progress(jobs, seconds),
    });
    console.log(summary(tally, seconds()));
    if (breach !== undefined) console.error(`\n${breachText(breach)}`);
    else if (values.record) record(tally, seed, atOnce, seconds());
    return breach === undefined ? 0 : 1;
  } finally {
    workers.close();
  }
}

/** Plays the world that a breach named, and prints what happened in it. */
async function playOne(path: string): Promise<number> {
  const engines = openEngines();
  const { breach } = await playBatch(Number(values.seed), engines, { path });
  if (breach === undefined) {
    console.log('Nothing that must hold was broken.');
    return 0;
  }
  console.error(breachText(breach));
  const { trace } = await playWorld(breach.plan, engines, { keepTrace: true });
  console.error(`\n${trace.lines.join('\n')}`);
  return 1;
}

/** One line every ten seconds. */
function progress(jobs: number, seconds: () => number): (tally: Tally) => void {
  let last = 0;
  return (tally) => {
    if (seconds() - last < 10) return;
    last = seconds();
    const pace = (tally.jobs / last).toFixed(0);
    console.log(`${tally.jobs} of ${jobs} jobs, ${tally.worlds} worlds, ${pace} jobs/s`);
  };
}

function summary(tally: Tally, seconds: number): string {
  const { worlds, jobs, processes, hours, troubles, ends } = tally;
  const kinds = Object.entries(ends).map(([kind, counts]) => `${kind}:\n${countsText(counts)}`);
  return [
    '',
    `${jobs} jobs in ${worlds} worlds, run by ${processes} processes: ${hours.toFixed(0)} hours of their time`,
    `in ${seconds.toFixed(1)} s, ${(jobs / seconds).toFixed(1)} jobs/s.`,
    '',
    'What went wrong on the way:',
    countsText(troubles),
    '',
    ...kinds,
  ].join('\n');
}

function record(tally: Tally, seed: number, workers: number, seconds: number): void {
  const result = {
    machine: thisMachine(),
    seed,
    workers,
    wallSeconds: Number(seconds.toFixed(1)),
    jobsPerSecond: Number((tally.jobs / seconds).toFixed(1)),
    ...tally,
    hours: Number(tally.hours.toFixed(1)),
  };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(new URL('simulation.json', RESULTS), `${JSON.stringify(result, null, 2)}\n`);
  console.log('\nWritten to bench/results/simulation.json.');
}
