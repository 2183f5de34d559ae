import type { Calendar, Expression } from './expression.ts';
import { zoneOf } from './wall-time.ts';

/** A schedule that has begun. */
export interface BegunSchedule {
  readonly expression: Expression;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone: string;
  /** When it began, in milliseconds since the UNIX epoch: `rate` counts from here, and is due here for the first time. */
  readonly beganAt: number;
}

/**
 * When a schedule is next due after an instant, both in milliseconds since the UNIX epoch; undefined when never again.
 *
 * A wall time that the clocks skip in spring is skipped; one that they show twice in autumn counts once. EventBridge
 * Scheduler does not say which of the two it takes; here it is the first.
 *
 * Source: docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html, "Daylight savings time"
 */
export function nextDue(schedule: BegunSchedule, after: number): number | undefined {
  const { beganAt, expression, timezone } = schedule;
  if (expression.type === 'cron') return nextOfCalendar(expression.calendar, timezone, after);
  const every = expression.everySeconds * 1000;
  return beganAt + Math.max(0, Math.floor((after - beganAt) / every) + 1) * every;
}

/** When a schedule was last due at or before an instant, by the rules of {@link nextDue}; undefined when it was not yet. */
export function lastDue(schedule: BegunSchedule, at: number): number | undefined {
  const { beganAt, expression, timezone } = schedule;
  if (at < beganAt) return undefined;
  if (expression.type === 'rate') {
    const every = expression.everySeconds * 1000;
    return beganAt + Math.floor((at - beganAt) / every) * every;
  }
  const due = lastOfCalendar(expression.calendar, timezone, at);
  return due !== undefined && due >= beganAt ? due : undefined;
}

function nextOfCalendar(calendar: Calendar, timezone: string, after: number): number | undefined {
  const zone = zoneOf(timezone);
  let wall = calendar.after(zone.wall(after));
  while (wall !== undefined) {
    const instant = zone.instant(wall);
    if (instant !== undefined && instant > after) return instant;
    wall = calendar.after(wall);
  }
  return undefined;
}

function lastOfCalendar(calendar: Calendar, timezone: string, at: number): number | undefined {
  const zone = zoneOf(timezone);
  // In the second pass through a repeated hour the clocks have shown later times already.
  let wall = calendar.before(zone.latestWall(at) + 1000);
  while (wall !== undefined) {
    const instant = zone.instant(wall);
    if (instant !== undefined && instant <= at) return instant;
    wall = calendar.before(wall);
  }
  return undefined;
}
