/**
 * A second reading of cron expressions, to compare with: no calendar arithmetic, only "does this minute match?". It takes
 * what `readExpression` takes and looks at every minute.
 */

const MINUTE = 60_000;
const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** Every due instant of an expression from `from` up to and without `to`, both whole minutes, in milliseconds. */
export function* naiveDue(fields: string, timezone: string, from: number, to: number): Generator<number> {
  const shows = clockOf(timezone);
  const shown = new Set<number>();
  // A day ahead, so that a wall time that was shown before is known.
  for (let instant = from - 24 * 60 * MINUTE; instant < to; instant += MINUTE) {
    const wall = shows(instant);
    const again = shown.has(wall);
    shown.add(wall);
    if (!again && instant >= from && matches(fields, new Date(wall))) yield instant;
  }
}

function clockOf(timezone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: timezone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  // The offset changes on a quarter of an hour, and asking for each minute is slow.
  let quarter = Number.NaN;
  let offset = 0;
  return (instant) => {
    const here = Math.floor(instant / (15 * MINUTE)) * 15 * MINUTE;
    if (here !== quarter) {
      quarter = here;
      offset = Date.parse(`${format.format(here).replace(' ', 'T')}Z`) - here;
    }
    return instant + offset;
  };
}

function matches(fields: string, wall: Date): boolean {
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] =
    fields.split(' ');
  return (
    among(minutes, wall.getUTCMinutes(), [0, 59]) &&
    among(hours, wall.getUTCHours(), [0, 23]) &&
    among(month, wall.getUTCMonth() + 1, [1, 12], MONTHS) &&
    among(year, wall.getUTCFullYear(), [1970, 2199]) &&
    isDay(dayOfMonth, wall) &&
    isWeekday(dayOfWeek, wall)
  );
}

function isDay(field: string, wall: Date): boolean {
  const day = wall.getUTCDate();
  const last = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 0)).getUTCDate();
  if (field === '?') return true;
  if (field === 'L') return day === last;
  if (field.endsWith('W')) return day === nearestWorkday(Number(field.slice(0, -1)), last, wall);
  return among(field, day, [1, 31]);
}

/** The day of Monday to Friday closest to a day of the month, within that month; none when the month has no such day. */
function nearestWorkday(wanted: number, last: number, wall: Date): number | undefined {
  if (wanted > last) return undefined;
  const distances = [0, -1, 1, -2, 2];
  return distances
    .map((distance) => wanted + distance)
    .filter((day) => day >= 1 && day <= last)
    .find((day) => {
      const weekday = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), day)).getUTCDay();
      return weekday >= 1 && weekday <= 5;
    });
}

function isWeekday(field: string, wall: Date): boolean {
  const weekday = wall.getUTCDay() + 1;
  const day = wall.getUTCDate();
  if (field === '?') return true;
  if (field === 'L') return weekday === 7;
  const [, which = '', special = ''] = /^(\w+?)(L|#\d)$/.exec(field) ?? [];
  if (special === '') return among(field, weekday, [1, 7], WEEKDAYS);
  if (!among(which, weekday, [1, 7], WEEKDAYS)) return false;
  if (special !== 'L') return Math.ceil(day / 7) === Number(special.slice(1));
  return new Date(wall.getTime() + 7 * 24 * 60 * MINUTE).getUTCMonth() !== wall.getUTCMonth();
}

function among(
  field: string,
  value: number,
  [low, high]: readonly [number, number],
  names: string[] = [],
): boolean {
  const numbered = names.reduce((text, name, index) => text.replaceAll(name, String(low + index)), field);
  return numbered.split(',').some((part) => {
    const [range = '', step] = part.split('/');
    const [from = low, to = step === undefined ? from : high] =
      range === '*' ? [low, high] : range.split('-').map(Number);
    return value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  });
}
