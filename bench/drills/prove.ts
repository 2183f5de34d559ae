import { verifyChain } from '../../core/jobs/chain.ts';
import type { JobStore } from '../../core/jobs/store.ts';

/** Whether drills came to their end, each once. */
export interface Proof {
  readonly succeeded: number;
  /** Jobs whose timeline is whole and as it was written. */
  readonly chainsSound: number;
  /** Restores that Atlas was asked for, and clusters that it restored into. */
  readonly restores: number;
  readonly restoredTargets: number;
}

/** Looks at what the history holds of jobs, and at what the simulated Atlas holds. */
export async function prove(ids: readonly string[], jobs: JobStore, baseUrl: string): Promise<Proof> {
  const told = await fetch(`${baseUrl}/simulator/restoreJobs`);
  const restores = (await told.json()) as readonly { readonly target: unknown }[];
  let [succeeded, chainsSound] = [0, 0];
  for (const jobId of ids) {
    if ((await jobs.get(jobId)).status === 'SUCCEEDED') succeeded += 1;
    if (verifyChain(await jobs.timeline(jobId)).ok) chainsSound += 1;
  }
  const targets = new Set(restores.map(({ target }) => JSON.stringify(target)));
  return { succeeded, chainsSound, restores: restores.length, restoredTargets: targets.size };
}

/** Why drills can't be called done; undefined when each succeeded with one restore, into its own cluster. */
export function lossOf(
  drills: number,
  { succeeded, chainsSound, restores, restoredTargets }: Proof,
): string | undefined {
  const counts = Object.entries({ succeeded, chainsSound, restores, restoredTargets });
  const wrong = counts.filter(([, count]) => count !== drills);
  if (wrong.length === 0) return undefined;
  return `Of ${drills} drills: ${wrong.map(([what, count]) => `${what} ${count}`).join(', ')}.`;
}
