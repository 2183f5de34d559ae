import { Cron } from 'croner';
import { readCron } from './cron.ts';

/** When something is to happen again and again. */
export type Expression =
  /** By the calendar of a time zone. */
  | { readonly type: 'cron'; readonly calendar: Calendar }
  /** Every so many seconds, counted from when the schedule began. */
  | { readonly type: 'rate'; readonly everySeconds: number };

/** Times of a calendar, whatever the time zone: a wall time is held as if it were UTC, in milliseconds. */
export interface Calendar {
  /** The first one after a wall time. */
  after(wall: number): number | undefined;
  /** The last one before a wall time. */
  before(wall: number): number | undefined;
}

const UNIT_SECONDS = { minute: 60, hour: 3600, day: 86_400 } as const;

/** Before the first year that an expression can name. */
const BEFORE_ALL = Date.UTC(1969, 11, 31);

/**
 * Reads a schedule expression as EventBridge Scheduler writes it: `cron(…)` or `rate(…)`. A day of `rate` is 24 hours,
 * whatever the clocks do.
 *
 * Source: docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 *
 * @returns what was read, or what is wrong, as the end of a sentence that begins with the key.
 */
export function readExpression(text: string): Expression | { readonly fault: string } {
  const [, type, inner = ''] = /^(cron|rate|at)\((.*)\)$/.exec(text) ?? [];
  switch (type) {
    case 'cron':
      return cronExpression(inner);
    case 'rate':
      return rateExpression(inner);
    case 'at':
      return {
        fault: 'is a single time: a schedule comes again and again; start a single run with lifeboat run',
      };
    default:
      return { fault: 'is not a schedule: write cron(0 3 ? * SUN *) or rate(7 days)' };
  }
}

/**
 * An expression that was checked before.
 *
 * @throws TypeError when it is none.
 */
export function expressionOf(text: string): Expression {
  const read = readExpression(text);
  if ('fault' in read) throw new TypeError(`${text} ${read.fault}.`);
  return read;
}

function cronExpression(inner: string): Expression | { readonly fault: string } {
  const read = readCron(inner);
  if ('fault' in read) return read;
  const cron = new Cron(read.pattern, {
    timezone: 'UTC',
    mode: '7-part',
    // 1 is Sunday; and 5/10, which is 5, 15, 25 and so on.
    alternativeWeekdays: true,
    sloppyRanges: true,
    paused: true,
  });
  const calendar: Calendar = {
    after: (wall) => cron.nextRun(new Date(wall))?.getTime(),
    before: (wall) => cron.previousRuns(1, new Date(wall))[0]?.getTime(),
  };
  if (calendar.after(BEFORE_ALL) === undefined) return { fault: 'never comes: there is no such day' };
  return { type: 'cron', calendar };
}

function rateExpression(inner: string): Expression | { readonly fault: string } {
  const [, digits = '', unit = '', plural] = /^ *([1-9]\d{0,5}) +(minute|hour|day)(s?) *$/.exec(inner) ?? [];
  if (unit === '') {
    return {
      fault:
        'is not a rate: write a whole number above zero and minutes, hours or days, such as rate(7 days)',
    };
  }
  const count = Number(digits);
  if (count > 1 && plural === '') return { fault: `is not a rate: write rate(${count} ${unit}s)` };
  return { type: 'rate', everySeconds: count * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS] };
}
