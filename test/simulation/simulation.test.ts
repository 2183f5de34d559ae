import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openEngines } from './engines.ts';
import { memoryDynamo, type MemoryDynamo } from './memory-dynamo.ts';
import { worldPlans } from './plan-arbitrary.ts';
import { playWorld, type Played } from './play-world.ts';
import { breachText, simulate } from './simulate.ts';

const engines = await openEngines();

/** What `npm run simulate` plays many more of, and for other seeds. */
const JOBS = 500;
const SEED = 20_260_810;

it(`nothing that must hold is broken by ${JOBS} jobs in random worlds`, async () => {
  const { tally, breach } = await simulate({ engines, jobs: JOBS, seed: SEED });
  expect(breach === undefined ? 'none' : breachText(breach)).toBe('none');
  expect(tally.jobs).toBeGreaterThanOrEqual(JOBS);
  // The worlds are neither so kind that nothing goes wrong, nor so cruel that nothing ends well.
  expect(Object.keys(tally.troubles).length).toBeGreaterThan(20);
  for (const kind of ['drill', 'restore', 'cutover', 'pipeline', 'campaign'])
    expect(tally.ends[kind]).toHaveProperty(['SUCCEEDED, passed']);
}, 240_000);

it('the same plan is played the same twice', async () => {
  for (const plan of fc.sample(worldPlans(), { numRuns: 12, seed: SEED })) {
    const first = await playWorld(plan, engines);
    const second = await playWorld(plan, engines);
    expect(second.trace.hash).toBe(first.trace.hash);
    const told = ({ witness }: Played) => witness.jobs.map(({ jobId }) => witness.timelineOf(jobId));
    expect(told(second)).toEqual(told(first));
  }
}, 60_000);

/** A table that writes whatever it is asked to, as if no write had a condition. */
function carelessDynamo(): MemoryDynamo {
  const dynamo = memoryDynamo();
  return {
    ...dynamo,
    perform({ operation, input }) {
      if (operation !== 'PutItem') return dynamo.perform({ operation, input } as never);
      const { ConditionExpression, ...unconditional } = input;
      expect(ConditionExpression).toBeDefined();
      return dynamo.perform({ operation, input: unconditional });
    },
  };
}

it('a table without conditions is found out, and the breach says how to see it again', async () => {
  const play = { openTable: carelessDynamo };
  const { breach } = await simulate({ engines, jobs: 400, seed: SEED, play, mostShrinks: 40 });
  expect(breach).toBeDefined();
  const text = breachText(breach!);
  expect(text).toContain(`npm run simulate -- --seed ${breach!.seed} --path `);
  expect(breach!.plan.jobs.length).toBeLessThan(4);
  const { breach: again } = await simulate({
    engines,
    jobs: 1,
    seed: breach!.seed,
    path: breach!.path,
    play,
    mostShrinks: 0,
  });
  expect(again?.plan).toEqual(breach!.plan);
}, 240_000);
