import { ENOUGH_DURATIONS, type Duration } from '../../core/durations.ts';
import { cheapestLooks } from '../../core/polling/cheapest-looks.ts';
import { knownDurations } from '../../core/polling/known-durations.ts';
import { lifetimesFrom } from '../../core/polling/lifetimes.ts';
import { planLooks, waitAfter } from '../../core/polling/look-plan.ts';
import { longestGapSeconds, nextLookSeconds } from '../../core/polling/next-look.ts';
import { seenDuration } from '../../core/polling/observed-duration.ts';
import { quantile } from '../../core/polling/spread.ts';
import { seededRandom } from '../../core/random.ts';
import type { Strategy } from './walk-forward.ts';

/** What Lifeboat does where Atlas tells when the work ended. */
export const LIFEBOAT: Strategy = {
  name: 'lifeboat',
  follow: (own) => planLooks({ own }).waitSeconds,
};

/** What Lifeboat does where the end is only seen: it learns from nothing but its own looks. */
const LIFEBOAT_SEEING: Strategy = {
  ...LIFEBOAT,
  name: 'lifeboat, ends only seen',
  learn: (_actual, looks, own) => seenDuration(looks.at(-1) ?? 0, planLooks({ own })),
};

/** The same without following what the class needs: a second of lag costs what it usually does. */
const LIFEBOAT_ONE_PRICE: Strategy = {
  name: 'lifeboat, one price for all',
  follow(own) {
    const known = knownDurations({ own });
    if (known === undefined) return nextLookSeconds;
    const looks = cheapestLooks(lifetimesFrom(known));
    return (elapsed) => waitAfter(looks, elapsed);
  },
};

const RUNGS = [0.25, 0.5, 0.75, 0.9, 0.97];

/** Looks at fixed quantiles of what is known, and beyond them as late as Lifeboat's limit allows. */
const QUANTILE_LADDER: Strategy = {
  name: 'quantile ladder',
  follow(earlier) {
    if (earlier.length < ENOUGH_DURATIONS) return nextLookSeconds;
    const rungs = RUNGS.map((part) => quantile(earlier, part));
    return (elapsed) => {
      const rung = rungs.find((one) => one > elapsed);
      const gap = rung === undefined ? longestGapSeconds(elapsed) : Math.max(5, rung - elapsed);
      return elapsed === 0 ? gap : Math.min(gap, longestGapSeconds(elapsed));
    };
  },
};

const GEOMETRIC: Strategy = { name: 'geometric (cold start)', follow: () => nextLookSeconds };

/** The Atlas CLI's `watch` looks every 4 s, Terraform's provider for Atlas every 30 s. */
const fixed = (name: string, seconds: number): Strategy => ({ name, follow: () => () => seconds });

/** The AWS SDK's waiters: a random delay between 2 s and an upper bound that doubles up to 120 s. */
function awsWaiter(): Strategy {
  const random = seededRandom(1);
  return {
    name: 'exponential 2 to 120 s (AWS waiters)',
    follow() {
      let bound = 1;
      return () => {
        bound = Math.min(120, bound * 2);
        return 2 + random.next() * (bound - 2);
      };
    },
  };
}

/** Ours first, then what others do. */
export function strategies(): Strategy[] {
  return [
    LIFEBOAT,
    LIFEBOAT_ONE_PRICE,
    LIFEBOAT_SEEING,
    QUANTILE_LADDER,
    GEOMETRIC,
    fixed('fixed 4 s (Atlas CLI)', 4),
    fixed('fixed 30 s (Terraform)', 30),
    awsWaiter(),
  ];
}

/** Ours, the best of the others, and what most do. */
export const MAIN_STRATEGIES: readonly Strategy[] = [
  LIFEBOAT,
  LIFEBOAT_ONE_PRICE,
  QUANTILE_LADDER,
  fixed('fixed 30 s (Terraform)', 30),
];

/** A full history of anything between a minute and a week: what takes longest to plan from. */
export const WIDE: readonly Duration[] = Array.from({ length: 200 }, (_, nth) => {
  const seconds = Math.round(60 * 10_080 ** (((nth * 73) % 200) / 199));
  return { afterSeconds: seconds, bySeconds: seconds };
});

/** The median time that Lifeboat takes to plan one look from a full history, milliseconds. */
export function planMilliseconds(own: readonly Duration[], rounds = 51): number {
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    planLooks({ own }).waitSeconds(0);
    return performance.now() - begun;
  }).sort((one, other) => one - other);
  return times[rounds >> 1] ?? 0;
}
