import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastDue, nextDue, type BegunSchedule } from '../../../core/schedules/due.ts';
import { expressionOf, readExpression } from '../../../core/schedules/expression.ts';
import { naiveDue } from './naive-cron.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function schedule(expression: string, timezone = 'UTC', began = '1970-01-01T00:00:00Z'): BegunSchedule {
  return { expression: expressionOf(expression), timezone, beganAt: Date.parse(began) };
}

/** The next times after an instant, ISO 8601 without the zeros of seconds. */
function times(of: BegunSchedule, after: string, count: number): string[] {
  const found: string[] = [];
  let at: number | undefined = Date.parse(after);
  while (found.length < count && (at = nextDue(of, at)) !== undefined) {
    found.push(new Date(at).toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  // Half an hour, at another time of the year, and offsets that are no whole hours.
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  // Skipped 30 December 2011.
  'Pacific/Apia',
];

/** Nights in which the clocks of one of them change, and any other time. */
const instants = fc.oneof(
  fc
    .constantFrom(
      ...['2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'],
      ...['2026-04-04T15:00Z', '2026-10-03T15:30Z', '2011-12-30T10:00Z'],
    )
    .chain((change) =>
      fc.integer({ min: -24 * 60, max: 24 * 60 }).map((minutes) => Date.parse(change) + minutes * MINUTE),
    ),
  fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }),
);

function numbers(from: number, to: number): fc.Arbitrary<string> {
  const value = fc.integer({ min: from, max: to });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: to });
  const part = fc.oneof(
    { weight: 3, arbitrary: value.map(String) },
    range,
    fc.tuple(fc.oneof(value.map(String), range, fc.constant('*')), step).map(([of, by]) => `${of}/${by}`),
  );
  const list = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
  return fc.oneof(fc.constant('*'), list);
}

const weekday = fc.constantFrom('1', '2', '7', 'SUN', 'WED', 'SAT');
const days = fc.oneof(
  numbers(1, 28).map((field) => [field, '?']),
  fc.constantFrom('L', '1W', '15W', '30W').map((field) => [field, '?']),
  weekday.map((field) => ['?', field]),
  fc.constantFrom('*', 'L', 'MON-FRI', '1,7', '2-4').map((field) => ['?', field]),
  fc.tuple(weekday, fc.constantFrom('L', '#1', '#3', '#5')).map((parts) => ['?', parts.join('')]),
);
const months = fc.oneof(
  { weight: 4, arbitrary: fc.constant('*') },
  fc.constantFrom('*/2', 'JAN-DEC', '3,10', 'MAR,OCT'),
);
const cron = fc
  .record({ minutes: numbers(0, 59), hours: numbers(0, 23), days, months })
  .map(({ minutes, hours, days: [dayOfMonth, dayOfWeek], months: month }) =>
    [minutes, hours, dayOfMonth, month, dayOfWeek, '*'].join(' '),
  );

describe('cron', () => {
  it('is due at every minute that matches, and at no other', () => {
    fc.assert(
      fc.property(cron, fc.constantFrom(...ZONES), instants, (fields, timezone, instant) => {
        const of = schedule(`cron(${fields})`, timezone);
        const from = Math.ceil(instant / MINUTE) * MINUTE;
        const to = from + 3 * DAY;
        const expected = [...naiveDue(fields, timezone, from, to)];
        const found: number[] = [];
        for (let at = nextDue(of, from - 1); at !== undefined && at < to; at = nextDue(of, at))
          found.push(at);
        expect(found).toEqual(expected);
      }),
      { numRuns: 80 },
    );
  });

  it('was last due when it was due before that', () => {
    fc.assert(
      fc.property(cron, fc.constantFrom(...ZONES), instants, (fields, timezone, instant) => {
        const of = schedule(`cron(${fields})`, timezone);
        const to = Math.ceil(instant / MINUTE) * MINUTE;
        const expected = [...naiveDue(fields, timezone, to - 3 * DAY, to)].at(-1);
        const found = lastDue(of, to - 1);
        if (expected !== undefined) expect(found).toBe(expected);
        else if (found !== undefined) expect(found).toBeLessThan(to - 3 * DAY);
      }),
      { numRuns: 80 },
    );
  });

  it.each([
    ['cron(0 3 ? * 1 *)', ['2026-01-04T03:00Z', '2026-01-11T03:00Z']],
    ['cron(0 3 ? * SUN *)', ['2026-01-04T03:00Z', '2026-01-11T03:00Z']],
    ['cron(0 12 ? * 3#2 *)', ['2026-01-13T12:00Z', '2026-02-10T12:00Z']],
    ['cron(15 10 ? * 6L *)', ['2026-01-30T10:15Z', '2026-02-27T10:15Z']],
    ['cron(0 8 L * ? *)', ['2026-01-31T08:00Z', '2026-02-28T08:00Z']],
    ['cron(0 8 1W * ? *)', ['2026-01-01T08:00Z', '2026-02-02T08:00Z']],
    ['cron(1/20 8 1 1 ? 2026)', ['2026-01-01T08:01Z', '2026-01-01T08:21Z', '2026-01-01T08:41Z']],
  ])('%s', (expression, expected) => {
    expect(times(schedule(expression), '2026-01-01T00:00:00Z', 3).slice(0, expected.length)).toEqual(
      expected,
    );
  });

  it('skips a time that the clocks skip', () => {
    const of = schedule('cron(30 2 * * ? *)', 'Europe/Berlin');
    expect(times(of, '2026-03-28T00:00:00Z', 2)).toEqual(['2026-03-28T01:30Z', '2026-03-30T00:30Z']);
  });

  it('takes a time that the clocks show twice once', () => {
    const of = schedule('cron(0/30 2 * * ? *)', 'Europe/Berlin');
    expect(times(of, '2026-10-24T22:00:00Z', 3)).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T00:30Z',
      '2026-10-26T01:00Z',
    ]);
    expect(lastDue(of, Date.parse('2026-10-25T01:10:00Z'))).toBe(Date.parse('2026-10-25T00:30:00Z'));
  });

  it('ends after its last year', () => {
    expect(times(schedule('cron(0 0 31 12 ? 2026)'), '2026-12-31T00:00:00Z', 1)).toEqual([]);
  });
});

describe('rate', () => {
  it('is counted from when the schedule began, and is due then for the first time', () => {
    const of = schedule('rate(5 days)', 'Europe/Berlin', '2026-03-26T10:17:30Z');
    expect(nextDue(of, Date.parse('2026-01-01T00:00:00Z'))).toBe(Date.parse('2026-03-26T10:17:30Z'));
    // A day is 24 hours, also where one of them has 23.
    expect(nextDue(of, Date.parse('2026-03-26T10:17:30Z'))).toBe(Date.parse('2026-03-31T10:17:30Z'));
    expect(lastDue(of, Date.parse('2026-03-26T10:17:29Z'))).toBeUndefined();
    expect(lastDue(of, Date.parse('2026-03-31T10:17:29Z'))).toBe(Date.parse('2026-03-26T10:17:30Z'));
  });

  it('comes at equal distances, none left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer(), fc.integer(), (count, began, after) => {
        const of = { expression: expressionOf(`rate(${count} minutes)`), timezone: 'UTC', beganAt: began };
        const next = nextDue(of, after)!;
        expect(next).toBeGreaterThan(after);
        expect((next - began) % (count * MINUTE)).toBe(0);
        expect(lastDue(of, next)).toBe(next);
        if (after >= began) expect(next - lastDue(of, after)!).toBe(count * MINUTE);
      }),
    );
  });

  it.each(['rate(1 minute)', 'rate(1 minutes)', 'rate(12 hours)', 'rate(7 days)'])('takes %s', (text) => {
    expect(readExpression(text)).toMatchObject({ type: 'rate' });
  });
});

describe('what is no schedule', () => {
  it.each([
    ['0 3 * * *', 'is not a schedule'],
    ['every sunday', 'is not a schedule'],
    ['at(2026-01-01T00:00:00)', 'is a single time'],
    ['rate(0 days)', 'is not a rate'],
    ['rate(1.5 hours)', 'is not a rate'],
    ['rate(2 day)', 'write rate(2 days)'],
    ['rate(2 weeks)', 'is not a rate'],
    ['cron(0 3 * * ?)', 'has 5 fields'],
    ['cron(0 3 * * * *)', 'needs ?'],
    ['cron(0 3 ? * ? *)', 'needs ?'],
    ['cron(60 3 * * ? *)', 'has 60 for the minutes'],
    ['cron(0 24 * * ? *)', 'has 24 for the hours'],
    ['cron(0/0 3 * * ? *)', 'has 0/0 for the minutes'],
    ['cron(0 3 0 * ? *)', 'has 0 for the day of month'],
    ['cron(0 3 LW * ? *)', 'has LW for the day of month'],
    ['cron(0 3 L,15 * ? *)', 'has L,15 for the day of month'],
    ['cron(0 3 * 13 ? *)', 'has 13 for the month'],
    ['cron(0 3 * MON ? *)', 'has MON for the month'],
    ['cron(0 3 ? * 0 *)', 'has 0 for the day of week'],
    ['cron(0 3 ? * 8 *)', 'has 8 for the day of week'],
    ['cron(0 3 ? * mon *)', 'has mon for the day of week'],
    ['cron(0 3 ? * FRI-MON *)', 'has FRI-MON for the day of week'],
    ['cron(0 3 ? * 3#1,6#3 *)', 'has 3#1,6#3 for the day of week'],
    ['cron(0 3 ? * 3#6 *)', 'has 3#6 for the day of week'],
    ['cron(0 3 ? * 2/2 *)', 'has 2/2 for the day of week'],
    ['cron(0 3 * * ? 2200)', 'has 2200 for the year'],
    ['cron(0 3 31 2 ? *)', 'never comes'],
    ['cron(0 3 29 2 ? 2026-2027)', 'never comes'],
  ])('%s', (text, fault) => {
    expect(readExpression(text)).toEqual({ fault: expect.stringContaining(fault) as string });
  });

  it('is told without failing, whatever is written', () => {
    const piece = fc.constantFrom(...'0 1 59 60 * ? L W # / - , MON JAN ( ) cron rate'.split(' '), ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `cron(${pieces.join('')})`;
        expect(() => readExpression(text)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
