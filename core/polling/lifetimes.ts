import type { Duration } from '../durations.ts';
import { quantile, spreadDurations, type Spread } from './spread.ts';

/** How likely work of one class is to have ended, at growing times since its start. All lists are of the same length. */
export interface Lifetimes {
  /** Whole seconds since the start; the first is 0. */
  readonly times: readonly number[];
  /** The part of all work that has ended by then, 0 to 1. */
  readonly ended: readonly number[];
  /** The integral of `ended`, in seconds: from it the expected lag between two looks is one subtraction. */
  readonly area: readonly number[];
}

/** The weight, against all that was seen, of the thought that this time may be unlike any before. */
const DOUBT = 0.1;
/**
 * Whatever has lasted for twice the usual time is as likely to last for four times as any such work (a Pareto law with this
 * exponent, below 1): on the one bad day Atlas's restores took twenty and sixty times as long as ever before.
 */
export const DOUBT_EXPONENT = 0.5;

/** Seconds: the coarsest step, well below the longest wait. */
const COARSEST_STEP = 60;

/** The lifetimes that past durations make likely. */
export function lifetimesFrom(durations: readonly Duration[]): Lifetimes {
  const times = timesUpTo(Math.max(...durations.map(({ bySeconds }) => bySeconds)));
  const seen = endedByThen(spreadDurations(durations), times);
  const usual = quantile(durations, 0.5);
  const ended = times.map((time, nth) => {
    const unlike = time > usual ? 1 - (usual / time) ** DOUBT_EXPONENT : 0;
    return ((seen[nth] ?? 1) + DOUBT * unlike) / (1 + DOUBT);
  });
  return { times, ended, area: integral(times, ended) };
}

/** Every second at first, then steps of a hundredth: finer than it matters, and few enough to plan in milliseconds. */
function timesUpTo(longest: number): number[] {
  const end = longest + Math.max(60, longest / 4);
  const times: number[] = [];
  for (let time = 0; time < end; time += Math.max(1, Math.floor(Math.min(COARSEST_STEP, time / 100))))
    times.push(time);
  return [...times, Math.ceil(end)];
}

function endedByThen(spreads: readonly Spread[], times: readonly number[]): number[] {
  const total = spreads.reduce((sum, { weight }) => sum + weight, 0);
  const partly = times.map(() => 0);
  // Weight that counts in full from a time on is added there once, and summed up at the end.
  const fully = times.map(() => 0);
  for (const { from, to, weight } of spreads) {
    let nth = firstAfter(times, from);
    for (let time = times[nth]; time !== undefined && time < to; time = times[nth]) {
      partly[nth] = (partly[nth] ?? 0) + (weight * (time - from)) / (to - from);
      nth += 1;
    }
    fully[nth] = (fully[nth] ?? 0) + weight;
  }
  let sum = 0;
  return partly.map((part, nth) => {
    sum += fully[nth] ?? 0;
    return (part + sum) / total;
  });
}

/** The place of the first time beyond `seconds`; `times.length` when there is none. */
export function firstAfter(times: readonly number[], seconds: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) > seconds) high = middle;
    else low = middle + 1;
  }
  return low;
}

function integral(times: readonly number[], values: readonly number[]): number[] {
  let sum = 0;
  return times.map((time, nth) => {
    const before = times[nth - 1];
    if (before !== undefined) sum += (((values[nth] ?? 0) + (values[nth - 1] ?? 0)) / 2) * (time - before);
    return sum;
  });
}
