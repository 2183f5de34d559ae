import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counted, exactDuration, humanBytes, humanCount, humanDuration } from '../../../core/report/human.ts';

describe('humanDuration', () => {
  test.each([
    [0, '0 s'],
    [0.004, '0.004 s'],
    [0.4, '0.4 s'],
    [9.96, '10 s'],
    [42.4, '42 s'],
    [59.6, '1 min'],
    [252.2, '4 min 12 s'],
    [3599.7, '1 h'],
    [32_578, '9 h 3 min'],
    [86_399, '1 d'],
    [187_200, '2 d 4 h'],
    [-90, '−1 min 30 s'],
  ])('%d seconds are %s', (seconds, said) => {
    expect(humanDuration(seconds)).toBe(said);
  });

  test('has at most two units, and is off by no more than half of the smaller one', () => {
    const sizes: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (seconds) => {
        const parts = [...humanDuration(seconds).matchAll(/([\d.]+) (\w+)/g)];
        const said = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (sizes[unit!] ?? NaN), 0);
        expect(parts.length).toBeGreaterThan(0);
        expect(parts.length).toBeLessThanOrEqual(2);
        expect(Math.abs(said - seconds)).toBeLessThanOrEqual(
          seconds < 3600 ? 0.5 : seconds < 86_400 ? 30 : 1800,
        );
      }),
    );
  });
});

test.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1500, '1.46 KiB'],
  [13_314_398_617, '12.4 GiB'],
  [2 ** 50 * 3000, '3000 PiB'],
])('%d bytes are %s', (bytes, said) => {
  expect(humanBytes(bytes)).toBe(said);
});

test('one is singular, any other number is plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'event'))).toEqual(['0 events', '1 event', '2 events']);
});

describe('exactDuration', () => {
  test.each([
    [0, '0 s'],
    [192, '3 min 12 s'],
    [3792, '1 h 3 min 12 s'],
    [90_061, '1 d 1 h 1 min 1 s'],
    [59.6, '1 min'],
    [-3, '0 s'],
  ])('%d seconds are %s, to the second', (seconds, said) => {
    expect(exactDuration(seconds)).toBe(said);
  });
});

test('humanCount groups digits', () => {
  expect(humanCount(1_204_331)).toBe('1,204,331');
});
