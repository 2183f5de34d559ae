import { DOUBT_EXPONENT, firstAfter, type Lifetimes } from './lifetimes.ts';
import { longestGapSeconds } from './next-look.ts';

/** The looks that cost least, in seconds since the start of the work. */
export interface Looks {
  /** The first. */
  readonly opening: number;
  /** The next one for work that is still running; undefined beyond all that is known. */
  after(elapsedSeconds: number): number | undefined;
}

/** What a second of lag usually costs, in looks: three seconds of not knowing are worth one look. */
export const USUAL_PRICE = 0.35;
/** Seconds: the least time between two planned looks. */
const SHORTEST_GAP = 5;
/** The part of the work that may be so fast that, when looking begins, it has been unseen for too long. */
const TOO_FAST = 0.005;

/** The best look after a given time, by its place in the times, and what all looks from there on cost. */
interface Choices {
  readonly next: readonly number[];
  readonly cost: readonly number[];
}

/**
 * Finds the looks with the least expected cost, looks + price × lag, where no gap is longer than allowed.
 *
 * @param price what a second of lag costs, in looks.
 */
export function cheapestLooks(lifetimes: Lifetimes, price = USUAL_PRICE): Looks {
  const { times } = lifetimes;
  const choices = chooseBackwards(lifetimes, price);
  const opening = times[cheapestOpening(lifetimes, price, choices.cost)] ?? SHORTEST_GAP;
  return {
    opening,
    after(elapsed) {
      const at = firstAfter(times, elapsed - 1);
      return at >= times.length - 1 ? undefined : times[choices.next[at] ?? times.length];
    },
  };
}

/**
 * How long to wait, whole seconds, with work that has lasted longer than anything known. What has lasted for `elapsedSeconds` ends
 * within the next second with a chance of DOUBT_EXPONENT / elapsed; a gap of √(2 / (price × chance)) then costs least.
 */
export function lateLookSeconds(elapsedSeconds: number): number {
  const best = Math.sqrt((2 * elapsedSeconds) / (USUAL_PRICE * DOUBT_EXPONENT));
  return Math.max(1, Math.min(Math.round(best), longestGapSeconds(elapsedSeconds)));
}

/** From the last time to the first: what follows a look is known when the look is chosen. */
function chooseBackwards(lifetimes: Lifetimes, price: number): Choices {
  const { times, ended } = lifetimes;
  const last = times.length - 1;
  const next = times.map(() => last);
  const cost = times.map(() => 0);
  for (let at = last - 1; at >= 0; at -= 1) {
    const running = 1 - (ended[at] ?? 1);
    const since = times[at] ?? 0;
    const latest = since + longestGapSeconds(since);
    let least = Infinity;
    for (let look = at + 1; look <= last && (times[look] ?? 0) <= latest; look += 1) {
      if ((times[look] ?? 0) - since < SHORTEST_GAP && look < last) continue;
      const candidate = running + price * lagBetween(lifetimes, at, look) + (cost[look] ?? 0);
      if (candidate >= least) continue;
      least = candidate;
      next[at] = look;
    }
    cost[at] = least;
  }
  return { next, cost };
}

/** The first look is not bound to the longest gap, but it must not come too late for the fastest. */
function cheapestOpening(lifetimes: Lifetimes, price: number, costAfter: readonly number[]): number {
  const { times, ended } = lifetimes;
  let best = firstAfter(times, SHORTEST_GAP - 1);
  let least = Infinity;
  for (let look = best; look < times.length; look += 1) {
    const time = times[look] ?? 0;
    // Work that ended before this is unseen for longer than max(30 s, a tenth of its duration).
    const fastest = time - Math.max(longestGapSeconds(0), time / 11);
    if (fastest > 0 && (ended[firstAfter(times, fastest - 1)] ?? 1) > TOO_FAST) break;
    const candidate = price * lagBetween(lifetimes, 0, look) + (costAfter[look] ?? 0);
    if (candidate >= least) continue;
    least = candidate;
    best = look;
  }
  return best;
}

/** The expected lag (seconds, times the part of the work that it concerns) of a look after another one. */
function lagBetween({ times, ended, area }: Lifetimes, at: number, look: number): number {
  const gap = (times[look] ?? 0) - (times[at] ?? 0);
  return (area[look] ?? 0) - (area[at] ?? 0) - (ended[at] ?? 0) * gap;
}
