import { expect, it } from 'vitest';
import { breachText } from './breach.ts';
import { openEngines } from './engines.ts';
import { playBatch } from './play-batch.ts';
import { simulate } from './simulate.ts';

const engines = openEngines();

/** A test that plays so many jobs in the random worlds of a seed. `npm run simulate` plays many more, of other seeds. */
export function playsRandomWorlds(jobs: number, seed: number): void {
  it(`nothing that must hold is broken by ${jobs} jobs in random worlds`, async () => {
    const { tally, breach } = await simulate({ jobs, seed, playBatch: (one) => playBatch(one, engines) });
    expect(breach === undefined ? 'none' : breachText(breach)).toBe('none');
    expect(tally.jobs).toBeGreaterThanOrEqual(jobs);
    // The worlds are neither so kind that nothing goes wrong, nor so cruel that nothing ends well.
    expect(Object.keys(tally.troubles).length).toBeGreaterThan(20);
    for (const kind of ['drill', 'restore', 'cutover', 'pipeline', 'campaign'])
      expect(tally.ends[kind]).toHaveProperty(['SUCCEEDED, passed']);
  }, 1_800_000);
}
