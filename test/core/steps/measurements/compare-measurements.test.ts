import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareMeasurements,
  type MeasuredDatabase,
} from '../../../../core/steps/measurements/compare-measurements.ts';
import { MEASURES } from '../../../../core/steps/measurements/measures.ts';

const count = fc.integer({ min: 0, max: 2 ** 50 });
const readings = fc
  .tuple(count, count, count, count, count)
  .map((values) => new Map(MEASURES.map((measure, index) => [measure, values[index] ?? 0])));

const shop = (parts: Partial<MeasuredDatabase>): MeasuredDatabase => ({
  database: 'shop',
  source: new Map([['objects', 1000]]),
  onSource: true,
  existed: true,
  target: new Map([['objects', 1000]]),
  ...parts,
});

describe('compareMeasurements', () => {
  it('finds equal values equal, whatever the tolerance', () => {
    fc.assert(
      fc.property(fc.array(readings), fc.double({ min: 0, max: 100, noNaN: true }), (all, tolerance) => {
        const databases = all.map((values, index) =>
          shop({ database: `db${index}`, source: values, target: values }),
        );
        const found = compareMeasurements(databases, MEASURES, tolerance);
        expect(found).toEqual({
          same: all.length * MEASURES.length,
          different: [],
          missing: [],
          unknown: [],
        });
      }),
    );
  });

  it('accepts a value up to the tolerance and no further', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 100 }), (hundreds, percent) => {
        const was = hundreds * 100;
        const edge = hundreds * percent;
        const compare = (is: number) =>
          compareMeasurements(
            [shop({ source: new Map([['objects', was]]), target: new Map([['objects', is]]) })],
            ['objects'],
            percent,
          );
        expect(compare(was + edge)).toMatchObject({ same: 1, different: [] });
        expect(compare(was - edge)).toMatchObject({ same: 1, different: [] });
        expect(compare(was + edge + 1).different).toHaveLength(1);
        expect(compare(was - edge - 1).different).toHaveLength(1);
      }),
    );
  });

  it('never takes a value that is missing for zero, nor zero for a value that is missing', () => {
    fc.assert(
      fc.property(
        readings,
        fc.subarray([...MEASURES], { minLength: 1 }),
        fc.boolean(),
        (values, gone, onSource) => {
          const full = new Map([...values].map(([measure]) => [measure, 0]));
          const holed = new Map([...full].filter(([measure]) => !gone.includes(measure)));
          const database = onSource
            ? shop({ source: holed, target: full })
            : shop({ source: full, target: holed });
          const found = compareMeasurements([database], MEASURES, 100);
          const side = onSource ? 'no value on the source' : 'no value on the target';
          expect(found.unknown).toEqual(gone.map((measure) => `shop ${measure} (${side})`));
          expect(found.different).toEqual([]);
          expect(found.same).toBe(MEASURES.length - gone.length);
        },
      ),
    );
  });

  it('tolerates nothing where there was nothing', () => {
    const database = shop({ source: new Map([['objects', 0]]), target: new Map([['objects', 1]]) });
    expect(compareMeasurements([database], ['objects'], 100).different).toEqual(['shop objects: 1, was 0']);
  });

  it('says how far a value is off', () => {
    const database = shop({ target: new Map([['objects', 950]]) });
    expect(compareMeasurements([database], ['objects'], 1).different).toEqual([
      'shop objects: 950, was 1000 (-5 %)',
    ]);
  });

  it('misses a database that the source had at the recovery point', () => {
    expect(compareMeasurements([shop({ target: undefined })], ['objects'], 1).missing).toEqual(['shop']);
  });

  it.each([
    ['values only from after the recovery point', new Map([['objects', 1000]] as const)],
    ['no values at all', new Map()],
  ])('leaves open what the source has, with %s, and the target has not', (_case, source) => {
    const later = shop({ source, target: undefined, existed: false });
    expect(compareMeasurements([later], ['objects'], 1)).toEqual({
      same: 0,
      different: [],
      missing: [],
      unknown: ['shop (not seen on the source at the recovery point, absent on the target)'],
    });
  });

  it('leaves open what neither side shows', () => {
    const nowhere = shop({ target: undefined, existed: false, onSource: false, source: new Map() });
    expect(compareMeasurements([nowhere], ['objects'], 1).unknown).toEqual(['shop (on neither cluster)']);
  });
});
