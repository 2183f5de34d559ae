import { describe, expect, it } from 'vitest';
import { looksAt } from '../../../bench/polling/walk-forward.ts';
import type { Duration } from '../../../core/durations.ts';
import { balancedLooks } from '../../../core/polling/balanced-looks.ts';
import { cheapestLooks } from '../../../core/polling/cheapest-looks.ts';
import { lifetimesFrom } from '../../../core/polling/lifetimes.ts';
import { planLooks } from '../../../core/polling/look-plan.ts';
import { between, told } from './durations-of.ts';

const seen = (durations: readonly Duration[]) =>
  durations.map(({ bySeconds }) => ({ afterSeconds: bySeconds - 1, bySeconds }));

/** Mean looks and mean lag of work of these durations, followed by a plan from `own`. */
function cost(actual: readonly Duration[], own: readonly Duration[]) {
  const { waitSeconds } = planLooks({ own });
  const all = actual.map(({ bySeconds }) => looksAt(bySeconds, waitSeconds));
  const lags = all.map((looks, nth) => looks.at(-1)! - actual[nth]!.bySeconds);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { looks: mean(all.map(({ length }) => length)), lag: mean(lags) };
}

describe('the price of lag', () => {
  it('rises where the newest work was unseen for long and took few looks', () => {
    // Six in ten end at the same second, which one look for all would find.
    const own = told(...Array.from({ length: 60 }, (_, nth) => (nth % 10 < 6 ? 192 : 170 + 2 * (nth % 10))));
    const usual = cost(own.slice(-10), seen(own));
    const ours = cost(own.slice(-10), own);
    expect(usual.looks).toBeLessThan(usual.lag / 2.6);
    expect(ours.lag).toBeLessThan(usual.lag);
    expect(ours.looks).toBeGreaterThan(usual.looks);
  });

  it('falls where work gets slower from job to job and takes one look after the other', () => {
    const own = told(...Array.from({ length: 60 }, (_, nth) => 200 + 2 * nth));
    const next = told(321, 323, 325, 330, 340);
    expect(cost(next, own).looks).toBeLessThan(cost(next, seen(own)).looks);
  });

  it('is the usual one while too few ends were told', () => {
    const own = [...seen(between(150, 260, 40)), ...told(200, 240, 180, 222)];
    const lifetimes = lifetimesFrom(own);
    const usual = cheapestLooks(lifetimes);
    const ours = balancedLooks(lifetimes, own);
    expect(ours.opening).toBe(usual.opening);
    for (let at = ours.opening; at < 260; at += 1) expect(ours.after(at)).toBe(usual.after(at));
  });

  it('is not moved by one job that took very much longer', () => {
    const own = between(150, 210, 40);
    const { opening } = balancedLooks(lifetimesFrom(own), own);
    const odd = [...own.slice(0, -1), ...told(3_300)];
    expect(Math.abs(balancedLooks(lifetimesFrom(odd), odd).opening - opening)).toBeLessThanOrEqual(10);
  });
});
