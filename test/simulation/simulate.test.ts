import { describe, expect, it } from 'vitest';
import type { PlayedBatch } from './play-batch.ts';
import type { WorldPlan } from './plan.ts';
import { simulate } from './simulate.ts';
import { newTally } from './tally.ts';

const SEED = 100;

/** Batches of ten jobs, of which a later one may be done earlier; those of some seeds are broken. */
function batches(broken: readonly number[] = []) {
  const seeds: number[] = [];
  const playBatch = async (seed: number): Promise<PlayedBatch> => {
    seeds.push(seed);
    for (let turns = (seed * 7) % 5; turns > 0; turns -= 1) await Promise.resolve();
    const tally = { ...newTally(), jobs: 10, troubles: { [`seed ${seed}`]: 1 } };
    const breach = { seed, path: '0', plan: {} as WorldPlan, message: 'It was broken.' };
    return broken.includes(seed) ? { tally, breach } : { tally };
  };
  return { seeds, playBatch };
}

describe('a simulation', () => {
  it('counts the same worlds however many are played at once', async () => {
    const [alone, together] = await Promise.all(
      [1, 5].map((atOnce) => simulate({ jobs: 95, seed: SEED, atOnce, ...batches() })),
    );
    expect(alone!.tally.jobs).toBe(100);
    expect(together).toEqual(alone);
  });

  it('names the breach with the first seed, whichever was found first', async () => {
    const outcomes = await Promise.all(
      [1, 4].map((atOnce) => simulate({ jobs: 1000, seed: SEED, atOnce, ...batches([112, 113, 114]) })),
    );
    expect(outcomes.map(({ breach }) => breach?.seed)).toEqual([112, 112]);
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  it('begins nothing after a breach, nor once there is no time left', async () => {
    const broken = batches([100]);
    await simulate({ jobs: 1000, seed: SEED, ...broken });
    expect(broken.seeds).toEqual([100]);
    const late = batches();
    const { tally } = await simulate({
      jobs: 1000,
      seed: SEED,
      goesOn: () => late.seeds.length < 3,
      ...late,
    });
    expect(late.seeds).toEqual([100, 101, 102]);
    expect(tally.jobs).toBe(30);
  });
});
