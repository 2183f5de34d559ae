import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitting, outlookBar, outlookParts, underWayText } from '../../../cli/output/outlook.ts';
import { textWidth } from '../../../cli/output/wrap.ts';
import { outlook } from '../../../core/polling/outlook.ts';
import { between, told } from '../../core/polling/durations-of.ts';
import { COLORED, PLAIN } from './plain-colors.ts';

const NOW = '2026-08-10T03:10:00.000Z';
const text = (elapsed: number, own: Parameters<typeof outlook>[1]['own']) =>
  outlookParts(outlook(elapsed, { own }), NOW).join('; ');

describe('how long work still takes, in words', () => {
  it('gives a range and a late end', () => {
    expect(text(60, between(150, 350, 41))).toBe('likely 2 to 4 min more; nine in ten done by 03:14:34 UTC');
    expect(text(3_600, between(7_000, 12_000, 41))).toBe(
      'likely 1 h 15 min to 2 h more; nine in ten done by 05:22 UTC',
    );
    expect(text(0, between(58, 62, 40))).toMatch(/^likely about 1 min more;/);
  });

  it('names the day where it is another', () => {
    expect(text(0, between(90_000, 100_000, 41))).toMatch(/nine in ten done by 2026-08-11 \d\d:\d\d UTC$/);
  });

  it('says how late it is, before anything else', () => {
    const own = [...between(100, 200, 36), ...told(500, 600, 700, 800)];
    expect(text(300, own)).toMatch(/^likely/);
    expect(text(520, own)).toMatch(/^longer than 37 of the 40 before; likely/);
    expect(text(650, own)).toBe('longer than 38 of the 40 before');
    expect(text(900, own)).toBe('longer than any of the 40 before');
  });

  it('invents nothing while nothing is known', () => {
    expect(text(30, told(60, 60))).toBe('too little is known to say how long it takes');
    expect(outlookBar(outlook(30, { own: told(60, 60) }), 15, PLAIN)).toBeUndefined();
  });

  it('never has a negative number, a percentage or a line that is too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 700_000 }), { maxLength: 30 }),
        fc.double({ min: -10, max: 800_000, noNaN: true }),
        fc.integer({ min: 48, max: 140 }),
        (own, elapsed, width) => {
          const known = outlook(elapsed, { own: told(...own) });
          const line = fitting(outlookParts(known, NOW), width);
          expect(line).not.toMatch(/−|%|NaN|undefined|: -|\s0 s/);
          expect(textWidth(line)).toBeLessThanOrEqual(width);
          expect(underWayText({ phase: 'restore', ...known }, NOW)).toMatch(/^restore, for \d/);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the bar', () => {
  it('grows with time, keeps its width, and is never full', () => {
    const own = between(100, 200, 40);
    const filled = [0, 50, 100, 185, 300, 5_000].map((elapsed) => {
      const bar = outlookBar(outlook(elapsed, { own }), 15, PLAIN)!;
      expect(bar).toMatch(/^━*─+$/);
      expect(bar).toHaveLength(15);
      return bar.indexOf('─');
    });
    expect(filled).toEqual([0, 3, 7, 14, 14, 14]);
    expect(textWidth(outlookBar(outlook(100, { own }), 15, COLORED)!)).toBe(15);
  });
});
