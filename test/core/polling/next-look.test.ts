import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksAt } from '../../../bench/polling/walk-forward.ts';
import { LONGEST_WAIT_SECONDS, nextLookSeconds } from '../../../core/polling/next-look.ts';

describe('nextLookSeconds', () => {
  it('gives whole seconds between 15 and 300', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e7, noNaN: true }), (elapsed) => {
        const wait = nextLookSeconds(elapsed);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(15);
        expect(wait).toBeLessThanOrEqual(LONGEST_WAIT_SECONDS);
      }),
    );
  });

  it('leaves a finished job unseen for at most max(30 s, a tenth of its duration)', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 100_000, noNaN: true }), (duration) => {
        const seen = looksAt(duration, nextLookSeconds).at(-1)!;
        expect(seen - duration).toBeLessThanOrEqual(Math.max(30, duration / 10));
      }),
    );
  });

  it('looks at a job of twelve hours fewer than 250 times', () => {
    expect(looksAt(12 * 3600, nextLookSeconds).length).toBeLessThan(250);
  });
});
