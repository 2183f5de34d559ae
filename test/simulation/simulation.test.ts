import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breachText } from './breach.ts';
import { openEngines } from './engines.ts';
import { memoryTable, type MemoryTable } from '../support/memory-table.ts';
import { ANYWAY } from '../support/tables.ts';
import { worldPlans } from './plan-arbitrary.ts';
import { playBatch } from './play-batch.ts';
import { playWorld, type Played } from './play-world.ts';
import { simulate } from './simulate.ts';
import { startWorkers } from './workers.ts';

const engines = openEngines();

const SEED = 20_260_810;

it('the same plan is played the same twice', async () => {
  for (const plan of fc.sample(worldPlans(), { numRuns: 12, seed: SEED })) {
    const first = await playWorld(plan, engines);
    const second = await playWorld(plan, engines);
    expect(second.trace.hash).toBe(first.trace.hash);
    const told = ({ witness }: Played) => witness.jobs.map(({ jobId }) => witness.timelineOf(jobId));
    expect(told(second)).toEqual(told(first));
  }
}, 60_000);

it('another process plays the same worlds of a seed', async () => {
  const workers = startWorkers(1);
  try {
    const [there, here] = await Promise.all([workers.playBatch(SEED), playBatch(SEED, engines)]);
    expect(there).toEqual(here);
    expect(there.tally.worlds).toBe(50);
  } finally {
    workers.close();
  }
}, 60_000);

/** A table that writes whatever it is asked to, as if no write had a condition. */
function carelessTable(): MemoryTable {
  const table = memoryTable();
  return { ...table, putItem: (item) => table.putItem(item, ANYWAY) };
}

it('a table without conditions is found out, and the breach says how to see it again', async () => {
  const play = { openTable: carelessTable };
  const { breach } = await simulate({
    jobs: 400,
    seed: SEED,
    playBatch: (seed) => playBatch(seed, engines, { play, mostShrinks: 40 }),
  });
  expect(breach).toBeDefined();
  const text = breachText(breach!);
  expect(text).toContain(`npm run simulate -- --seed ${breach!.seed} --path `);
  expect(breach!.plan.jobs.length).toBeLessThan(4);
  const { seed, path } = breach!;
  const { breach: again } = await playBatch(seed, engines, { path, play, mostShrinks: 0 });
  expect(again?.plan).toEqual(breach!.plan);
}, 240_000);
