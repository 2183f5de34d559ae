import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeries, RECORDED } from '../../../bench/polling/series.ts';
import { remainingTime } from '../../../core/polling/remaining-time.ts';
import { between, told } from './durations-of.ts';

describe('remainingTime', () => {
  it('says nothing while nothing is known', () => {
    expect(remainingTime(0, { own: told(60, 60, 60, 60) })).toBeUndefined();
  });

  it('says nothing about work that has outlasted nearly all before it', () => {
    const own = between(55, 65, 40);
    expect(remainingTime(30, { own })).toBeDefined();
    expect(remainingTime(64, { own })).toBeUndefined();
  });

  it('counts down, and tells the usual and the late end', () => {
    const own = between(100, 200, 101);
    expect(remainingTime(0, { own })!.likelySeconds).toBeCloseTo(150, -1);
    expect(remainingTime(0, { own })!.lateSeconds).toBeCloseTo(190, -1);
    expect(remainingTime(90, { own })!.likelySeconds).toBeCloseTo(60, -1);
  });

  it('does not promise the end to work that is late', () => {
    const own = [...between(55, 65, 40), ...told(600, 700, 800, 900)];
    expect(remainingTime(120, { own })!.likelySeconds).toBeGreaterThan(400);
  });

  it('gives whole seconds, the late end not before the likely one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 5, maxLength: 50 }),
        fc.double({ min: -5, max: 100_000, noNaN: true }),
        (own, elapsed) => {
          const left = remainingTime(elapsed, { own: told(...own) });
          if (left === undefined) return;
          expect(Number.isInteger(left.likelySeconds) && Number.isInteger(left.lateSeconds)).toBe(true);
          expect(left.likelySeconds).toBeGreaterThanOrEqual(0);
          expect(left.lateSeconds).toBeGreaterThanOrEqual(left.likelySeconds);
        },
      ),
    );
  });

  const series = readSeries(RECORDED);
  it.skipIf(series === undefined)(
    'is as good as its word on recorded work (skipped without ../shared/atlas/durations.json)',
    () => {
      const judged = series!.filter((one) => one.judged);
      const kept = { likely: 0, late: 0, all: 0 };
      for (const { durations } of judged) {
        durations.forEach((actual, nth) => {
          const elapsed = actual * ((nth % 4) / 4);
          const left = remainingTime(elapsed, { own: told(...durations.slice(Math.max(0, nth - 200), nth)) });
          if (left === undefined) return;
          kept.all += 1;
          if (actual - elapsed <= left.likelySeconds) kept.likely += 1;
          if (actual - elapsed <= left.lateSeconds) kept.late += 1;
        });
      }
      expect(kept.all).toBeGreaterThan(1_500);
      expect(kept.likely / kept.all).toBeGreaterThan(0.45);
      expect(kept.likely / kept.all).toBeLessThan(0.65);
      expect(kept.late / kept.all).toBeGreaterThan(0.87);
      expect(kept.late / kept.all).toBeLessThan(0.96);
    },
  );
});
