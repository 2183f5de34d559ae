import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../../../core/clock.ts';
import { nearestPoint, spanAround } from '../../../../core/steps/shared/series.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOON = Date.parse('2026-08-10T12:00:00Z');

const wide = { at: NOON, from: NOON - DAY, to: NOON + DAY };
const points = (values: readonly (readonly [minutes: number, value: number | null])[]) =>
  values.map(([minutes, value]) => ({ timestamp: isoTime(NOON + minutes * MINUTE), value }));
const named = (values: Parameters<typeof points>[0], units = 'SCALAR') => [
  { name: 'OTHER', units, dataPoints: points([[0, 99]]) },
  { name: 'COUNT', units, dataPoints: points(values) },
];

describe('nearestPoint', () => {
  it('finds the nearest point that has a value, and no other', () => {
    const minutes = fc.integer({ min: -600, max: 600 });
    const value = fc.option(fc.integer({ min: 0 }), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.tuple(minutes, value)), (values) => {
        const found = nearestPoint(named(values), 'COUNT', wide);
        const known = values.filter(([, one]) => one !== null);
        const least = Math.min(...known.map(([minute]) => Math.abs(minute)));
        if (known.length === 0) expect(found).toBeUndefined();
        else {
          expect(Math.abs((found?.at ?? 0) - NOON)).toBe(least * MINUTE);
          expect(known).toContainEqual([((found?.at ?? 0) - NOON) / MINUTE, found?.value]);
        }
      }),
    );
  });

  it('looks only between the two instants', () => {
    const span = { at: NOON, from: NOON, to: NOON + 30 * MINUTE };
    expect(
      nearestPoint(
        named([
          [-1, 1],
          [20, 2],
        ]),
        'COUNT',
        span,
      )?.value,
    ).toBe(2);
    expect(
      nearestPoint(
        named([
          [-1, 1],
          [31, 2],
        ]),
        'COUNT',
        span,
      ),
    ).toBeUndefined();
  });

  it('takes zero for a value', () => {
    expect(
      nearestPoint(
        named([
          [5, 0],
          [9, 3],
        ]),
        'COUNT',
        wide,
      )?.value,
    ).toBe(0);
  });

  it('finds nothing in a missing series, an empty one, or one of nonsense', () => {
    expect(nearestPoint([], 'COUNT', wide)).toBeUndefined();
    expect(nearestPoint([{ name: 'COUNT' }], 'COUNT', wide)).toBeUndefined();
    expect(nearestPoint(named([]), 'COUNT', wide)).toBeUndefined();
    const nonsense = [{ name: 'COUNT', dataPoints: [{ timestamp: 'soon', value: 1 }, { value: 2 }] }];
    expect(nearestPoint(nonsense, 'COUNT', wide)).toBeUndefined();
  });

  it('does not take percent for bytes', () => {
    expect(nearestPoint(named([[0, 50]], 'PERCENT'), 'COUNT', wide)).toBeUndefined();
    expect(nearestPoint(named([[0, 50]], 'BYTES'), 'COUNT', wide)?.value).toBe(50);
  });
});

describe('spanAround', () => {
  it('covers the instant with at least an hour before it, and ends now at the latest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 * DAY }), (age) => {
        const at = NOON - age;
        const span = spanAround(at, NOON);
        expect(span.from).toBeLessThanOrEqual(at - 60 * MINUTE);
        expect(span.to).toBeGreaterThanOrEqual(at);
        expect(span.to).toBeLessThanOrEqual(NOON);
      }),
    );
  });

  it.each([
    [0, 'PT1M'],
    [DAY, 'PT1M'],
    [2 * DAY, 'PT1H'],
    [30 * DAY, 'PT1H'],
    [63 * DAY, 'P1D'],
    [400 * DAY, 'P1D'],
  ])('asks for the finest points that are still kept after %d ms: %s', (age, granularity) => {
    expect(spanAround(NOON - age, NOON).granularity).toBe(granularity);
  });
});
