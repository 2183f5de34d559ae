import fc, { type RunDetails } from 'fast-check';
import { assertInvariants } from '../invariants/invariants.ts';
import type { Engines } from './engines.ts';
import type { WorldPlan } from './plan.ts';
import { worldPlans } from './plan-arbitrary.ts';
import { playWorld, type PlayOptions } from './play-world.ts';
import { count, newTally, type Tally } from './tally.ts';

/** What to simulate. */
export interface SimulationOptions {
  readonly engines: Engines;
  /** So many jobs at least: worlds are played whole. */
  readonly jobs: number;
  /** Draws the worlds: the same seed plays the same ones. */
  readonly seed: number;
  /** Plays the one world that a breach named, instead. */
  readonly path?: string;
  /** Told after each batch of worlds. */
  readonly onProgress?: (tally: Tally) => void;
  /** Asked after each batch whether there is time for another. */
  readonly goesOn?: () => boolean;
  readonly play?: PlayOptions;
  /** So many worlds are tried to make a breach smaller; 400 without it. */
  readonly mostShrinks?: number;
}

/** The smallest world found in which something that must hold did not. */
export interface Breach {
  readonly seed: number;
  /** Leads to the world, for {@link SimulationOptions}. */
  readonly path: string;
  readonly plan: WorldPlan;
  /** What was broken. */
  readonly message: string;
}

/** What came of a simulation. */
export interface Simulated {
  readonly tally: Tally;
  readonly breach?: Breach;
}

/** Worlds between two looks at how far it has come. */
const BATCH = 50;

/** Plays worlds until so many jobs have ended, or something that must hold did not. */
export async function simulate(options: SimulationOptions): Promise<Simulated> {
  const { jobs, seed, path, onProgress, goesOn = () => true } = options;
  const tally = newTally();
  if (path !== undefined) return playBatch(seed, { ...options, path }, tally);
  for (let batch = 0; tally.jobs < jobs && goesOn(); batch += 1) {
    const { breach } = await playBatch(seed + batch, options, tally);
    if (breach !== undefined) return { tally, breach };
    onProgress?.(tally);
  }
  return { tally };
}

async function playBatch(
  seed: number,
  { engines, path, play, mostShrinks = 400 }: SimulationOptions,
  tally: Tally,
): Promise<Simulated> {
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
  const details = await fc.check(property, { seed, numRuns: BATCH, ...(path !== undefined && { path }) });
  return details.failed ? { tally, breach: breachOf(details, seed) } : { tally };
}

function breachOf(details: RunDetails<[WorldPlan]>, seed: number): Breach {
  const { counterexample, counterexamplePath, errorInstance } = details;
  if (counterexample === null) throw new Error('Nothing was played.', { cause: errorInstance });
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { seed, path: counterexamplePath, plan: counterexample[0], message };
}

/** A breach for people: what was broken, in which world, and how to see it again. */
export function breachText({ seed, path, plan, message }: Breach): string {
  return [
    message,
    '',
    'In this world, the smallest that was found:',
    planText(plan),
    '',
    'See it again with:',
    `  npm run simulate -- --seed ${seed} --path ${path}`,
  ].join('\n');
}

function planText({ seed, atlas, jobs }: WorldPlan): string {
  const lines = jobs.flatMap(({ mishaps, ...job }, index) => [
    `  job ${index + 1}: ${JSON.stringify(job)}`,
    ...mishaps.map((mishap) => `    ${JSON.stringify(mishap)}`),
  ]);
  return [`  seed ${seed}`, `  Atlas: ${JSON.stringify(atlas)}`, ...lines].join('\n');
}
