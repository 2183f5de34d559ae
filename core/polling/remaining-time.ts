import type { DurationHistory } from '../durations.ts';
import { knownDurations } from './known-durations.ts';
import { spreadDurations, type Spread } from './spread.ts';

/** How much longer work that is still running will take, in whole seconds from now. */
export interface RemainingTime {
  /** Half of the earlier work that lasted until now ended between these two: a quarter before, a quarter after. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Half of it was over by then. */
  readonly likelySeconds: number;
  /** Nine in ten were. */
  readonly lateSeconds: number;
}

/** With fewer earlier durations than this that lasted longer, there is nothing to compare with. */
const ENOUGH_LONGER = 3;

/**
 * How much longer work will take, given that it is still running after `elapsedSeconds`. It is told from earlier work that lasted
 * at least as long, so it does not promise the end "any moment" to work that is late already.
 *
 * @returns undefined when too little is known, or when the work has outlasted nearly all that is known: then nobody can tell.
 */
export function remainingTime(elapsedSeconds: number, history: DurationHistory): RemainingTime | undefined {
  const elapsed = Math.max(0, elapsedSeconds);
  const durations = knownDurations(history) ?? [];
  if (durations.filter(({ bySeconds }) => bySeconds > elapsed).length < ENOUGH_LONGER) return undefined;
  const spreads = spreadDurations(durations);
  const running = stillRunning(spreads, elapsed);
  const longest = Math.max(...spreads.map(({ to }) => to));
  const until = (part: number) =>
    Math.ceil(timeWhenRunning(spreads, running * part, elapsed, longest) - elapsed);
  return {
    fromSeconds: until(0.75),
    toSeconds: until(0.25),
    likelySeconds: until(0.5),
    lateSeconds: until(0.1),
  };
}

/** The weight of what is still running at a time. */
function stillRunning(spreads: readonly Spread[], time: number): number {
  return spreads.reduce(
    (sum, { from, to, weight }) => sum + weight * Math.min(1, Math.max(0, (to - time) / (to - from))),
    0,
  );
}

/** The time at which no more than `weight` is still running, by halving the range to well below a second. */
function timeWhenRunning(spreads: readonly Spread[], weight: number, from: number, to: number): number {
  let early = from;
  let late = to;
  while (late - early > 0.1) {
    const middle = (early + late) / 2;
    if (stillRunning(spreads, middle) > weight) early = middle;
    else late = middle;
  }
  return late;
}
