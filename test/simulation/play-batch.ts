import fc from 'fast-check';
import { assertInvariants } from '../invariants/invariants.ts';
import { breachOf, type Breach } from './breach.ts';
import type { Engines } from './engines.ts';
import { worldPlans } from './plan-arbitrary.ts';
import { playWorld, type PlayOptions } from './play-world.ts';
import { count, newTally, type Tally } from './tally.ts';

/** How a batch is played. */
export interface BatchOptions {
  /** Plays the one world that a breach named, instead. */
  readonly path?: string;
  readonly play?: PlayOptions;
  /** So many worlds are tried to make a breach smaller; 400 without it. */
  readonly mostShrinks?: number;
}

/** What came of a batch: plain data, which goes from process to process. */
export interface PlayedBatch {
  readonly tally: Tally;
  readonly breach?: Breach;
}

/** Worlds in a batch. */
const BATCH = 50;

/** Plays the worlds of a seed, until all have ended or something that must hold did not. */
export async function playBatch(
  seed: number,
  engines: Engines,
  { path, play, mostShrinks = 400 }: BatchOptions = {},
): Promise<PlayedBatch> {
  const tally = newTally();
  const found = { breaches: 0 };
  const property = fc.asyncProperty(worldPlans(), async (plan) => {
    // Shrinking tries neighbours of a breach, until enough have been tried.
    if (found.breaches > 0) found.breaches += 1;
    if (found.breaches > mostShrinks) return;
    const played = await playWorld(plan, engines, play);
    if (found.breaches === 0) count(tally, played);
    try {
      assertInvariants(played.witness);
    } catch (error) {
      found.breaches ||= 1;
      throw error;
    }
  });
  const one = path !== undefined && { path };
  const check = () => fc.check(property, { seed, numRuns: BATCH, ...one });
  const details = path === undefined ? await withoutStacks(check) : await check();
  return details.failed ? { tally, breach: breachOf(details, seed) } : { tally };
}

/** The engine throws at each of its choices, and where that was takes a twentieth of all the time to find out. */
async function withoutStacks<T>(work: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
