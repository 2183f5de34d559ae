import { ENOUGH_DURATIONS, type DurationHistory } from '../durations.ts';
import { knownDurations } from './known-durations.ts';
import { remainingTime, type RemainingTime } from './remaining-time.ts';

/** What earlier work tells of work that is under way. Nothing is told that is not known. */
export interface Outlook {
  /** Whole seconds since it began. */
  readonly elapsedSeconds: number;
  /** How many earlier durations it is compared with; 0 while there are too few. */
  readonly earlier: number;
  /** How many of them were longer than this has lasted by now. */
  readonly longer: number;
  /** They are of other sizes, because there are too few of this one. */
  readonly otherSizes?: true;
  /** Seconds after its beginning by which nine in ten of all the earlier work were over. */
  readonly usualSeconds?: number;
  /** How much longer it takes; absent when it has outlasted nearly all before it, for then nobody can tell. */
  readonly left?: RemainingTime;
}

/** The outlook on work that has been under way for `elapsedSeconds`. */
export function outlook(elapsedSeconds: number, history: DurationHistory): Outlook {
  const elapsed = Math.max(0, elapsedSeconds);
  const known = knownDurations(history) ?? [];
  const left = remainingTime(elapsed, history);
  const usual = remainingTime(0, history)?.lateSeconds;
  return {
    elapsedSeconds: Math.floor(elapsed),
    earlier: known.length,
    longer: known.filter(({ bySeconds }) => bySeconds > elapsed).length,
    ...(known.length > 0 && history.own.length < ENOUGH_DURATIONS && { otherSizes: true }),
    ...(usual !== undefined && { usualSeconds: usual }),
    ...(left !== undefined && { left }),
  };
}

/**
 * How far the work is on the way to when nine in ten were over, from 0 to below 1: never back, and never done before it is.
 *
 * @returns undefined when nothing is known.
 */
export function shareOf({ elapsedSeconds, usualSeconds }: Outlook): number | undefined {
  if (usualSeconds === undefined) return undefined;
  return Math.min(0.99, elapsedSeconds / Math.max(1, usualSeconds));
}
