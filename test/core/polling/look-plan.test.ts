import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksAt } from '../../../bench/polling/walk-forward.ts';
import type { Duration } from '../../../core/durations.ts';
import { planLooks } from '../../../core/polling/look-plan.ts';
import { longestGapSeconds, LONGEST_WAIT_SECONDS, nextLookSeconds } from '../../../core/polling/next-look.ts';
import { between, told } from './durations-of.ts';

const seconds = fc.oneof(
  fc.integer({ min: 1, max: 400 }),
  fc.integer({ min: 1, max: 20_000 }),
  fc.integer({ min: 1, max: 2_000_000 }),
);
const duration: fc.Arbitrary<Duration> = fc
  .tuple(seconds, fc.constantFrom(0, 0, 0, 5, 30, 1_000))
  .map(([by, width]) => ({ afterSeconds: Math.max(0, by - width), bySeconds: by }));
const durations = fc.array(duration, { maxLength: 60 });
const history = fc.record({ own: durations, smaller: durations, larger: durations });

describe('planLooks, whatever the history', () => {
  it('leaves no work that ends after the opening unseen for longer than max(30 s, a tenth of its duration)', () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0, max: 50_000, noNaN: true }), (known, beyond) => {
        const plan = planLooks(known);
        const actual = plan.openingSeconds + beyond;
        const seen = looksAt(actual, plan.waitSeconds).at(-1)!;
        expect(seen - actual).toBeLessThanOrEqual(Math.max(30, actual / 10));
      }),
      { numRuns: 300 },
    );
  });

  it('leaves no work at all unseen for longer than the longest wait', () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0.1, max: 10_000, noNaN: true }), (known, actual) => {
        const seen = looksAt(actual, planLooks(known).waitSeconds).at(-1)!;
        expect(seen - actual).toBeLessThanOrEqual(Math.max(LONGEST_WAIT_SECONDS, actual / 10));
      }),
      { numRuns: 200 },
    );
  });

  it('waits whole seconds, and from wherever a late look finds itself no longer than the gap allows', () => {
    fc.assert(
      fc.property(history, fc.double({ min: -10, max: 700_000, noNaN: true }), (known, elapsed) => {
        const plan = planLooks(known);
        const wait = plan.waitSeconds(elapsed);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(1);
        expect(wait).toBeLessThanOrEqual(
          elapsed < plan.openingSeconds ? LONGEST_WAIT_SECONDS : longestGapSeconds(elapsed),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('tells the look that came before', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 5_000 }), (known, actual) => {
        const plan = planLooks(known);
        expect(plan.lookBefore(looksAt(actual, plan.waitSeconds).at(-1)!)).toBe(
          looksAt(actual, plan.waitSeconds).at(-2) ?? 0,
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('planLooks', () => {
  it('is the geometric schedule while fewer than five durations are known', () => {
    const plan = planLooks({ own: told(200, 200), smaller: told(200), larger: told(800) });
    for (const elapsed of [0, 15, 200, 1_000, 10_000]) {
      expect(plan.waitSeconds(elapsed)).toBe(nextLookSeconds(elapsed));
    }
  });

  it('looks first when work of this kind usually ends, and often only then', () => {
    const plan = planLooks({ own: between(58, 62, 40) });
    expect(plan.openingSeconds).toBeGreaterThanOrEqual(58);
    expect(looksAt(60, plan.waitSeconds).length).toBeLessThanOrEqual(2);
  });

  it('waits for work of an hour in equal parts that a lease outlives', () => {
    const plan = planLooks({ own: between(3_500, 3_700, 40) });
    expect(plan.openingSeconds).toBeGreaterThan(3_200);
    const before = looksAt(plan.openingSeconds, plan.waitSeconds);
    expect(before).toHaveLength(Math.ceil(plan.openingSeconds / LONGEST_WAIT_SECONDS));
    expect(before[0]).toBeGreaterThan(270);
  });

  it('does not come too late for the fastest of the earlier ones', () => {
    const plan = planLooks({ own: [...told(100), ...between(190, 210, 40)] });
    expect(plan.openingSeconds).toBeLessThanOrEqual(130);
  });

  it('is not moved for good by one outlier, fast or slow', () => {
    const usual = between(150, 210, 199);
    const { openingSeconds } = planLooks({ own: usual });
    for (const odd of [3, 5_000]) {
      const long = planLooks({ own: [...told(odd), ...usual] });
      expect(Math.abs(long.openingSeconds - openingSeconds)).toBeLessThanOrEqual(5);
      expect(looksAt(180, long.waitSeconds).length).toBeLessThanOrEqual(4);
    }
  });

  it('follows a cluster that grows', () => {
    const growing = told(...Array.from({ length: 300 }, (_, nth) => 200 + nth * 2));
    for (const nth of [60, 150, 299]) {
      const plan = planLooks({ own: growing.slice(Math.max(0, nth - 200), nth) });
      const actual = growing[nth]!.bySeconds;
      // The geometric schedule needs 18 to 24 looks for these.
      expect(looksAt(actual, plan.waitSeconds).length).toBeLessThanOrEqual(14);
    }
  });
});

describe('planLooks for a size that is new', () => {
  const known = between(190, 210, 40);

  it.each([200, 350, 600, 800])('borrows from the smaller size when the work takes %i s', (actual) => {
    const looks = looksAt(actual, planLooks({ own: [], smaller: known }).waitSeconds);
    expect(looks.length).toBeLessThanOrEqual(looksAt(actual, nextLookSeconds).length - 5);
    expect(looks.at(-1)! - actual).toBeLessThanOrEqual(Math.max(30, actual / 10));
  });

  it.each([50, 120, 200])('borrows from the larger size when the work takes %i s', (actual) => {
    const looks = looksAt(actual, planLooks({ own: [], larger: known }).waitSeconds);
    expect(looks.length).toBeLessThan(looksAt(actual, nextLookSeconds).length);
    expect(looks.at(-1)! - actual).toBeLessThanOrEqual(30);
  });

  it('stops borrowing as soon as it knows enough itself', () => {
    const own = between(395, 405, 5);
    const plan = planLooks({ own, smaller: known });
    expect(plan.openingSeconds).toBe(planLooks({ own }).openingSeconds);
    expect(plan.openingSeconds).toBeGreaterThan(370);
  });
});
