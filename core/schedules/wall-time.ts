const DAY_MS = 86_400_000;

/** Making a format takes longer than a thousand uses of it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show. A wall time is held as if it were UTC, in milliseconds. */
export interface Zone {
  /** What they show at an instant, in milliseconds since the UNIX epoch. */
  wall(instant: number): number;
  /** The latest that they have shown up to an instant: more than they show now when they were put back a moment ago. */
  latestWall(instant: number): number;
  /** When they first show a wall time; undefined when they skip it. */
  instant(wall: number): number | undefined;
}

/** Whether the clocks of a time zone are known, by its name in the IANA database. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The clocks of a time zone.
 *
 * @param name IANA name, such as `Europe/Berlin`.
 * @throws RangeError when there is no such time zone.
 */
export function zoneOf(name: string): Zone {
  const format = formatOf(name);
  const wall = (instant: number): number => {
    const seconds = Math.floor(instant / 1000) * 1000;
    const parts = Object.fromEntries(
      format.formatToParts(seconds).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (instant - seconds);
  };
  const offset = (instant: number): number => wall(instant) - instant;
  return {
    wall,
    latestWall: (instant) => wall(instant) + Math.max(0, offset(instant - DAY_MS) - offset(instant)),
    instant(shown) {
      // The clocks change at most once in two days: the offset is the one before the change or the one after it.
      const candidates = [shown - offset(shown - DAY_MS), shown - offset(shown + DAY_MS)];
      const instants = candidates.filter((instant) => wall(instant) === shown);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const made = formats.get(timeZone) ?? makeFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  const digits = 'numeric';
  return new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'gregory', hourCycle: 'h23', numberingSystem: 'latn' },
    ...{ year: digits, month: digits, day: digits, hour: digits, minute: digits, second: digits },
  });
}
