import { describe, expect, it } from 'vitest';
import { looksAt } from '../../../bench/polling/walk-forward.ts';
import type { Duration } from '../../../core/durations.ts';
import { planLooks } from '../../../core/polling/look-plan.ts';
import { seenDuration, toldDuration } from '../../../core/polling/observed-duration.ts';
import { between } from './durations-of.ts';

/** Follows work of these durations, learning from nothing but the looks. Gives the lag of each. */
function lagsSeeing(actual: readonly number[], own: Duration[]): number[] {
  return actual.map((seconds) => {
    const plan = planLooks({ own: own.slice(-200) });
    const seen = looksAt(seconds, plan.waitSeconds).at(-1)!;
    own.push(seenDuration(seen, plan));
    return seen - seconds;
  });
}

describe('seenDuration', () => {
  it('lies between the look before and the look that found it', () => {
    const plan = planLooks({ own: [] });
    expect(seenDuration(15, plan)).toEqual({ afterSeconds: 0, bySeconds: 15 });
    expect(seenDuration(30, plan)).toEqual({ afterSeconds: 15, bySeconds: 30 });
  });

  it('is no further back than the longest gap, though nobody had looked before', () => {
    const plan = planLooks({ own: between(195, 205, 20) });
    const first = plan.openingSeconds;
    expect(seenDuration(first, plan)).toEqual({ afterSeconds: first - 30, bySeconds: first });
  });

  it('does not teach the plan its own habits: work that becomes faster is found out', () => {
    const own = between(195, 205, 60);
    const lags = lagsSeeing(
      Array.from({ length: 200 }, () => 120),
      own,
    );
    expect(lags[0]).toBeGreaterThan(30);
    expect(Math.max(...lags.slice(120))).toBeLessThanOrEqual(30);
  });
});

describe('toldDuration', () => {
  it('is whole seconds, and at least one', () => {
    expect(toldDuration(61.6)).toEqual({ afterSeconds: 62, bySeconds: 62 });
    expect(toldDuration(-3)).toEqual({ afterSeconds: 1, bySeconds: 1 });
  });
});
