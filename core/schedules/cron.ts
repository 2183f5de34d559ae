/** One field of a cron expression: what it may hold. */
interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names of the values, from the lowest on. */
  readonly names?: readonly string[];
  /** Whether values may come in steps. */
  readonly steps: boolean;
  /** What may stand there alone. */
  readonly alone?: RegExp;
  /** What may be written there, for whoever wrote something else. */
  readonly hint: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const DAY_OF_MONTH: Field = {
  name: 'day of month',
  ...{ from: 1, to: 31, steps: true },
  alone: /^(\?|L|(0?[1-9]|[12]\d|3[01])W)$/,
  hint: '1 to 31, with , - * / in lists, ranges and steps; or ? or L or a weekday such as 15W alone',
};
const DAY_OF_WEEK: Field = {
  name: 'day of week',
  ...{ from: 1, to: 7, steps: false, names: WEEKDAYS },
  alone: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  hint: '1 to 7 for Sunday to Saturday or SUN to SAT, with , - * in lists and ranges; or ? or L, the last of the month such as 6L, or the second such as 3#2 alone',
};

/**
 * The six fields as EventBridge Scheduler documents them, in order. What it does not document, such as `LW`, a list with
 * `L` in it, or a range that runs backwards, is refused: it might mean something else there than here.
 */
const FIELDS: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59, steps: true, hint: '0 to 59, with , - * /' },
  { name: 'hours', from: 0, to: 23, steps: true, hint: '0 to 23, with , - * /' },
  DAY_OF_MONTH,
  { name: 'month', from: 1, to: 12, names: MONTHS, steps: true, hint: '1 to 12 or JAN to DEC, with , - * /' },
  DAY_OF_WEEK,
  { name: 'year', from: 1970, to: 2199, steps: true, hint: '1970 to 2199, with , - * /' },
];

/**
 * Reads the fields between the brackets of `cron(…)`.
 *
 * Source: docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html and the table of fields in
 * docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html.
 *
 * @returns the pattern with seconds in front, with days of the week from 1 for Sunday; or what is wrong, as the end of a
 * sentence that begins with the key.
 */
export function readCron(fields: string): { readonly pattern: string } | { readonly fault: string } {
  const written = fields.replaceAll(/^ +| +$/g, '').split(/ +/);
  if (written.length !== FIELDS.length) {
    return {
      fault: `has ${written.length} fields, and a cron expression has six: minutes hours day-of-month month day-of-week year`,
    };
  }
  for (const [index, field] of FIELDS.entries()) {
    const text = written[index] ?? '';
    if (!fits(text, field)) return { fault: `has ${text} for the ${field.name}: it takes ${field.hint}` };
  }
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = written;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    return {
      fault: 'needs ? either for the day of month or for the day of week, and a value or * for the other',
    };
  }
  // Alone it is the last day of the week, which begins on Sunday.
  const weekday = dayOfWeek === 'L' ? '7' : dayOfWeek;
  return { pattern: ['0', minutes, hours, dayOfMonth, month, weekday, year].join(' ') };
}

function fits(text: string, field: Field): boolean {
  return field.alone?.test(text) === true || text.split(',').every((part) => isPart(part, field));
}

/** `*`, a value or a range, and steps from there. */
function isPart(part: string, field: Field): boolean {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0) return false;
  if (step !== undefined && !(field.steps && /^[1-9]\d{0,3}$/.test(step) && Number(step) <= field.to))
    return false;
  if (range === '*') return true;
  const [low, high, ...more] = range.split('-').map((value) => valueOf(value, field));
  return (
    more.length === 0 && low !== undefined && (range.includes('-') ? high !== undefined && low <= high : true)
  );
}

function valueOf(text: string, { from, to, names }: Field): number | undefined {
  const named = names?.indexOf(text) ?? -1;
  if (named >= 0) return from + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}
