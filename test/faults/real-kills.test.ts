import { describe, expect, it } from 'vitest';
import { playReally } from './real/kill.ts';
import { REAL_SCENARIOS } from './real/scenarios.ts';

/** A few points early, in the middle and late; `npm run reliability` takes them all. */
const POINTS = [
  { effect: 12, side: 'after' },
  { effect: 21, side: 'before' },
] as const;

describe.each(REAL_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  'a %s whose process is killed with SIGKILL, its history on disk',
  (_name, scenario) => {
    it.each(POINTS)(
      '$side effect $effect is brought to its end by the next one',
      async (killAt) => {
        expect(await playReally(scenario, killAt)).toMatchObject({ killed: true, wrong: [] });
      },
      120_000,
    );
  },
);
