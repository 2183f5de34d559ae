import { ENOUGH_DURATIONS, type Duration } from '../durations.ts';
import { cheapestLooks, USUAL_PRICE, type Looks } from './cheapest-looks.ts';
import type { Lifetimes } from './lifetimes.ts';
import { LONGEST_WAIT_SECONDS } from './next-look.ts';

/** The newest work, which looks are judged by in hindsight: as many as tell a habit, and few enough to follow a change. */
const NEWEST = 10;
/** The part of it that is judged by; what took longest is an accident more often than a habit. */
const JUDGED = 0.9;
/** Seconds of mean lag that stand against one look a job. */
const LAG_FOR_A_LOOK = 2.6;
/** How far the price of lag may be from the usual one, in either direction. */
const FURTHEST = 3;
/** How often the range of prices is halved: after that, another price gives the same looks. */
const HALVINGS = 5;

/**
 * The cheapest looks at the price of lag that this class of work needs. At one price for all, work that ends nearly to the second is
 * found soon by two looks, and work that varies takes four. So the price is raised while the newest work would have been unseen for
 * too long, and lowered while it would have taken too many looks, until both stand in proportion.
 *
 * @param own durations of this very class, oldest first. Only an end that Atlas told can be judged by: of one that was only seen
 * nobody knows how long it had been unseen. With too few of them the price is the usual one.
 */
export function balancedLooks(lifetimes: Lifetimes, own: readonly Duration[]): Looks {
  const usual = cheapestLooks(lifetimes, USUAL_PRICE);
  const told = own.slice(-NEWEST).filter(({ afterSeconds, bySeconds }) => afterSeconds === bySeconds);
  if (told.length < ENOUGH_DURATIONS) return usual;
  const ends = told.map(({ bySeconds }) => bySeconds).sort((one, other) => one - other);
  return balanced(lifetimes, usual, ends.slice(0, Math.ceil(ends.length * JUDGED)));
}

/** Halves the range of prices towards the one where looks and lag stand in proportion; what was best on the way is taken. */
function balanced(lifetimes: Lifetimes, usual: Looks, ends: readonly number[]): Looks {
  let best = usual;
  let judged = inHindsight(usual, ends);
  let least = outOfProportion(judged);
  let [low, price, high] = [USUAL_PRICE / FURTHEST, USUAL_PRICE, USUAL_PRICE * FURTHEST];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    if (judged.looks > judged.lag / LAG_FOR_A_LOOK) high = price;
    else low = price;
    price = Math.sqrt(low * high);
    const candidate = cheapestLooks(lifetimes, price);
    judged = inHindsight(candidate, ends);
    if (outOfProportion(judged) >= least) continue;
    least = outOfProportion(judged);
    best = candidate;
  }
  return best;
}

/** What jobs would have cost, on average. */
interface Judged {
  readonly looks: number;
  /** Seconds. */
  readonly lag: number;
}

/** Looks, or lag in their measure, whichever is more. */
function outOfProportion({ looks, lag }: Judged): number {
  return Math.max(looks, lag / LAG_FOR_A_LOOK);
}

/** What jobs that ended then (seconds since their start, sorted) would have cost with these looks. */
function inHindsight(looks: Looks, ends: readonly number[]): Judged {
  const times = looksUntil(ends.at(-1) ?? 0, looks);
  // A late opening is waited for in parts, with a look after each.
  const before = Math.ceil(looks.opening / LONGEST_WAIT_SECONDS) - 1;
  const found = ends.map((end) => times.findIndex((time) => time >= end));
  const lags = ends.map((end, nth) => Math.min(LONGEST_WAIT_SECONDS, (times[found[nth] ?? 0] ?? end) - end));
  return { looks: before + 1 + mean(found), lag: mean(lags) };
}

/** The looks from the opening to the first at or after `end`. */
function looksUntil(end: number, looks: Looks): number[] {
  const times = [looks.opening];
  for (let look = looks.opening; look < end; times.push(look)) look = looks.after(look) ?? end;
  return times;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
