import { describe, expect, it } from 'vitest';
import { maybeCount, maybeInstant } from '../../../core/atlas/schemas.ts';

describe('an instant of a reply', () => {
  it.each([
    '2026-08-10T03:03:07Z',
    '2026-08-10T03:03:07.123Z',
    '2026-08-10T03:03Z',
    '2026-08-10T05:03:07+02:00',
  ])('is carried as it is: %s', (value) => {
    expect(maybeInstant.parse(value)).toBe(value);
  });

  it.each([
    ['yesterday'],
    ['2026-08-10'],
    ['2026-13-10T03:03:07Z'],
    ['0001-01-01T00:00:00Z'],
    ['1970-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z'],
    [''],
    [1_786_330_987],
    [true],
    [{}],
    [['2026-08-10T03:03:07Z']],
    [null],
    [undefined],
  ])('is missing where Atlas sends %j', (value) => {
    expect(maybeInstant.parse(value)).toBeUndefined();
  });
});

describe('a count of a reply', () => {
  it.each([0, 16, 9_007_199_254_740_991])('is carried as it is: %d', (value) => {
    expect(maybeCount.parse(value)).toBe(value);
  });

  it.each([[-1], [0.5], [1e300], ['16'], [''], [true], [{}], [[16]], [null], [undefined]])(
    'is missing where Atlas sends %j',
    (value) => {
      expect(maybeCount.parse(value)).toBeUndefined();
    },
  );
});
