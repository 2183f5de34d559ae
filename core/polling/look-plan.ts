import type { DurationHistory } from '../durations.ts';
import { balancedLooks } from './balanced-looks.ts';
import { lateLookSeconds, type Looks } from './cheapest-looks.ts';
import { knownDurations } from './known-durations.ts';
import { lifetimesFrom } from './lifetimes.ts';
import { longestGapSeconds, LONGEST_WAIT_SECONDS, nextLookSeconds } from './next-look.ts';

/** When to look at work of one class. Seconds are counted from its start. */
export interface LookPlan {
  /**
   * When looking begins, whole seconds. From then on finished work is never unseen for longer than max(30 s, a tenth of its
   * duration). Work that ends before has been faster than earlier work; it is unseen until then, and never longer than
   * LONGEST_WAIT_SECONDS.
   */
  readonly openingSeconds: number;
  /** How long to wait before the next look: whole seconds, from 1 to LONGEST_WAIT_SECONDS. */
  readonly waitSeconds: (elapsedSeconds: number) => number;
  /** The look that this plan had before `elapsedSeconds`; 0 when there was none. */
  readonly lookBefore: (elapsedSeconds: number) => number;
}

/**
 * Plans the looks at work from the durations of earlier work of its class: the fewest looks for the least lag, by a dynamic
 * programme over how likely the work is to have ended. With fewer than five durations, of neighbouring sizes included, it is the
 * geometric schedule of `nextLookSeconds`.
 *
 * The plan depends on the durations alone, so it may be made afresh for each look; that takes a few milliseconds.
 */
export function planLooks(history: DurationHistory): LookPlan {
  const durations = knownDurations(history);
  const looks = durations === undefined ? undefined : balancedLooks(lifetimesFrom(durations), history.own);
  const waitSeconds = (elapsed: number) =>
    looks === undefined ? nextLookSeconds(elapsed) : waitAfter(looks, elapsed);
  return {
    openingSeconds: looks?.opening ?? nextLookSeconds(0),
    waitSeconds,
    lookBefore(elapsed) {
      let look = 0;
      for (let next = waitSeconds(0); next < elapsed; next += waitSeconds(next)) look = next;
      return look;
    },
  };
}

/** How long to wait after a look at `elapsed` seconds, with these looks. */
export function waitAfter(looks: Looks, elapsedSeconds: number): number {
  const elapsed = Math.max(0, elapsedSeconds);
  if (elapsed < looks.opening) {
    // Longer than a lease allows is waited for in equal parts; the looks between cost little and find what was fastest.
    const left = looks.opening - elapsed;
    return Math.ceil(left / Math.ceil(left / LONGEST_WAIT_SECONDS));
  }
  const next = looks.after(elapsed);
  return next === undefined
    ? lateLookSeconds(elapsed)
    : Math.max(1, Math.min(Math.ceil(next - elapsed), longestGapSeconds(elapsed)));
}
