import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticks } from '../../../../core/report/page/axis.ts';

test.each([
  [0.3, ['0', '100 ms', '200 ms', '300 ms']],
  [3, ['0', '1 s', '2 s', '3 s']],
  [140, ['0', '30 s', '60 s', '90 s', '120 s']],
  [256.4, ['0', '1 min', '2 min', '3 min', '4 min']],
  [32_580, ['0', '2 h', '4 h', '6 h', '8 h']],
  [86_400 * 400, ['0', '90 d', '180 d', '270 d', '360 d']],
])('an axis of %d seconds', (span, labels) => {
  expect(ticks(span).map((tick) => tick.label)).toEqual(labels);
});

test('an axis of any length has three to six ticks, evenly apart, from 0 to no further than its end', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.002, max: 1e9, noNaN: true }), (span) => {
      const marks = ticks(span);
      const step = marks[1]!.at;
      expect(marks.length).toBeGreaterThanOrEqual(3);
      expect(marks.length).toBeLessThanOrEqual(6);
      marks.forEach((mark, index) => {
        expect(mark.at).toBeCloseTo(index * step, 6);
      });
      expect(marks.at(-1)!.at).toBeLessThanOrEqual(span * (1 + 1e-6));
    }),
  );
});
