import type { RunDetails } from 'fast-check';
import type { WorldPlan } from './plan.ts';

/** The smallest world found in which something that must hold did not. */
export interface Breach {
  readonly seed: number;
  /** Leads to the world, together with the seed. */
  readonly path: string;
  readonly plan: WorldPlan;
  /** What was broken. */
  readonly message: string;
}

/** The breach that fast-check has found and made as small as it could. */
export function breachOf(details: RunDetails<[WorldPlan]>, seed: number): Breach {
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
