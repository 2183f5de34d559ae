import type { Duration } from '../durations.ts';
import type { LookPlan } from './look-plan.ts';
import { longestGapSeconds } from './next-look.ts';

/**
 * The duration of work whose end Atlas told.
 *
 * @param seconds from the start of the work to the end that Atlas gives.
 */
export function toldDuration(seconds: number): Duration {
  const whole = Math.max(1, Math.round(seconds));
  return { afterSeconds: whole, bySeconds: whole };
}

/**
 * The duration of work whose end Atlas does not tell, seen to be over `elapsedSeconds` after its start: it ended at some time since
 * the look before. Taken for the time when it was seen, durations would be as long as the plan made them, and the plan would learn
 * its own habits: looking a little late for ever after.
 *
 * Before the first look anything is possible, yet it is taken to be within the longest gap: if it was faster, the opening moves
 * forward with each such job until it is found.
 */
export function seenDuration(elapsedSeconds: number, plan: LookPlan): Duration {
  const by = Math.max(1, Math.round(elapsedSeconds));
  const earliest = by - Math.max(longestGapSeconds(0), by / 10);
  return {
    afterSeconds: Math.max(0, Math.floor(Math.max(earliest, plan.lookBefore(elapsedSeconds)))),
    bySeconds: by,
  };
}
