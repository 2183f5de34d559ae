import fc from 'fast-check';
import { expect, it } from 'vitest';
import { duration } from '../../../core/runbooks/fields.ts';
import { readExpression } from '../../../core/schedules/expression.ts';

/** 9999.999w */
const LONGEST = 9999.999 * 7 * 86_400;

it.each([
  ['90s', 90],
  ['30 m', 1800],
  ['1.5h', 5400],
  ['0.001s', 0.001],
  ['00000001w', undefined],
  ['9999d', 9999 * 86_400],
  ['9999.999w', LONGEST],
  ['99999h', 99_999 * 3600],
  ['10000d', undefined],
  ['10000w', undefined],
  ['100000h', undefined],
  ['9999999w', undefined],
  ['0s', undefined],
  ['0.000s', undefined],
  ['1', undefined],
  ['1e3s', undefined],
  ['-1s', undefined],
  ['١s', undefined],
  ['1S', undefined],
  ...['\r', '\n', '\t', '\v', '\f', '\u00a0', '\u2003', '\u2028', '\u3000', '\ufeff', '  '].flatMap(
    (space): [string, undefined][] => [
      [`1${space}d`, undefined],
      [`1d${space}`, undefined],
      [`${space}1d`, undefined],
    ],
  ),
])('%j is %s seconds', (text, seconds) => {
  expect(duration.safeParse(text).data).toBe(seconds);
});

it('whatever is taken for a duration is a finite number of seconds', () => {
  const part = fc.constantFrom(
    '0',
    '1',
    '9',
    '.',
    ' ',
    '\r',
    '\u00a0',
    's',
    'm',
    'h',
    'd',
    'w',
    'y',
    'e',
    '-',
  );
  fc.assert(
    fc.property(fc.string({ unit: part, maxLength: 10 }), (text) => {
      const { data } = duration.safeParse(text);
      if (data === undefined) return;
      expect(data).toBeGreaterThan(0);
      expect(data).toBeLessThanOrEqual(LONGEST);
      expect(text).toMatch(/^[0-9]+(\.[0-9]+)? ?[smhdw]$/);
    }),
    { numRuns: 3000 },
  );
});

it.each(['\r', '\n', '\u00a0', '\u2003', '\t'])(
  'a schedule takes %j for no space, as AWS would not',
  (space) => {
    expect(readExpression(`cron(0 3${space}? * SUN *)`)).toHaveProperty('fault');
    expect(readExpression(`rate(7${space}days)`)).toHaveProperty('fault');
  },
);
