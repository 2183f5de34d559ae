import type { JobPlan, Mishap, Spot } from './plan.ts';

/** What a process does that others can see. */
export interface Effect {
  readonly kind: 'store' | 'atlas' | 'post' | 'task';
  /** Whether it changes something. */
  readonly changes: boolean;
}

/** The mishaps of one job, met as its effects come. */
export interface Troubles {
  /** The mishap that befalls the next effect, if one does. */
  meet(effect: Effect): Mishap | undefined;
}

/** @param met told of each mishap that came about. */
export function troublesOf({ mishaps }: JobPlan, met: (mishap: Mishap) => void): Troubles {
  const counts: Partial<Record<Spot, number>> = {};
  // What comes after a change comes again after the next one; each mishap comes about no more often than it says.
  const fired: number[] = [];
  const count = (spot: Spot) => (counts[spot] = (counts[spot] ?? 0) + 1);
  const spotsOf = ({ kind, changes }: Effect): Spot[] => {
    if (kind === 'atlas') {
      if (changes) counts['after a change'] = 0;
      return changes ? ['atlas', 'change'] : ['atlas'];
    }
    if (kind !== 'store') return [kind];
    const hasChanged = counts['after a change'] !== undefined;
    return [
      'store',
      ...(changes ? (['write'] as const) : []),
      ...(hasChanged ? (['after a change'] as const) : []),
    ];
  };
  return {
    meet(effect) {
      const here = new Map(spotsOf(effect).map((spot) => [spot, count(spot)]));
      const index = mishaps.findIndex(({ at, nth, times }, number) => {
        const count = here.get(at);
        const isLeft = (fired[number] ?? 0) < times;
        return isLeft && count !== undefined && count >= nth && count < nth + times;
      });
      const mishap = mishaps[index];
      if (mishap === undefined) return undefined;
      fired[index] = (fired[index] ?? 0) + 1;
      met(mishap);
      return mishap;
    },
  };
}
