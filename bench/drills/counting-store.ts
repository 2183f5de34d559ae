import type { JobStore } from '../../core/jobs/store.ts';

/** What a store was asked for. */
export interface Counts {
  reads: number;
  /** Each writes one item, if its condition holds. */
  writes: number;
}

const WRITES: readonly string[] = [
  'create',
  'save',
  'append',
  'takeLease',
  'giveBackLease',
  'learnDuration',
] satisfies readonly (keyof JobStore)[];

/** The store, counting what it is asked for. */
export function countingStore(jobs: JobStore, counts: Counts): JobStore {
  const counted = Object.entries(jobs).map(([name, ask]: [string, (...given: unknown[]) => unknown]) => [
    name,
    (...given: unknown[]) => {
      counts[WRITES.includes(name) ? 'writes' : 'reads'] += 1;
      return ask(...given);
    },
  ]);
  return Object.fromEntries(counted) as JobStore;
}
