import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlook, shareOf } from '../../../core/polling/outlook.ts';
import { between, told } from './durations-of.ts';

const durations = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 5, maxLength: 40 });
const instants = fc.array(fc.double({ min: 0, max: 30_000, noNaN: true }), { minLength: 2, maxLength: 12 });

describe('the outlook, whatever was before', () => {
  it('never takes back an end: with time it moves later, or stays', () => {
    fc.assert(
      fc.property(durations, instants, (own, at) => {
        const seen = at
          .sort((one, other) => one - other)
          .map((elapsed) => outlook(elapsed, { own: told(...own) }));
        seen.forEach((now, nth) => {
          const before = seen[nth - 1]?.left;
          if (before === undefined || now.left === undefined) return;
          const gone = at[nth]! - at[nth - 1]!;
          // Both are whole seconds.
          expect(now.left.likelySeconds + gone).toBeGreaterThanOrEqual(before.likelySeconds - 2);
          expect(now.left.lateSeconds + gone).toBeGreaterThanOrEqual(before.lateSeconds - 2);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is in order and never negative, and its share neither goes back nor is whole', () => {
    fc.assert(
      fc.property(durations, instants, (own, at) => {
        let before = 0;
        for (const elapsed of at.sort((one, other) => one - other)) {
          const now = outlook(elapsed, { own: told(...own) });
          const share = shareOf(now)!;
          expect(share).toBeGreaterThanOrEqual(before);
          expect(share).toBeLessThan(1);
          before = share;
          if (now.left === undefined) continue;
          const { fromSeconds, likelySeconds, toSeconds, lateSeconds } = now.left;
          const ends = [0, fromSeconds, likelySeconds, toSeconds, lateSeconds];
          expect(ends).toEqual([...ends].sort((one, other) => one - other));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the outlook', () => {
  it('says nothing but the time while too little is known', () => {
    const known = outlook(75.4, { own: told(60, 60, 60, 60) });
    expect(known).toEqual({ elapsedSeconds: 75, earlier: 0, longer: 0 });
    expect(shareOf(known)).toBeUndefined();
  });

  it('says that it was judged by other sizes', () => {
    expect(outlook(10, { own: told(60), smaller: between(50, 60, 10) })).toMatchObject({
      earlier: 6,
      otherSizes: true,
    });
    expect(outlook(10, { own: between(50, 60, 10) })).not.toHaveProperty('otherSizes');
  });

  it('tells no end to what has outlasted all', () => {
    const late = outlook(400, { own: between(100, 200, 40) });
    expect(late).toMatchObject({ earlier: 40, longer: 0 });
    expect(late.left).toBeUndefined();
    expect(shareOf(late)).toBeGreaterThan(0.9);
  });
});
