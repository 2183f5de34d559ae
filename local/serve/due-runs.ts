import { createHash } from 'node:crypto';
import type { RunbookSchedule } from '../../core/runbooks/schedule-of.ts';
import { lastDue, nextDue, type BegunSchedule } from '../../core/schedules/due.ts';
import { expressionOf } from '../../core/schedules/expression.ts';
import type { KeptSchedule } from './schedule-state.ts';

/** What is to be done for a schedule now. Instants are milliseconds since the UNIX epoch. */
export type DueRun =
  | { readonly act: 'nothing'; readonly next: number | undefined }
  /** Due: to be started, or to wait until `until` at the latest for what stands in its way. */
  | { readonly act: 'start'; readonly due: number; readonly until: number }
  /** Missed while nobody kept the schedule, and not to be caught up. */
  | { readonly act: 'skip'; readonly due: number };

/** A schedule as the server first sees it, or sees it again after it was changed. */
export function begin(
  { expression, timezone }: RunbookSchedule,
  before: KeptSchedule | undefined,
  now: number,
): KeptSchedule {
  return {
    expression,
    timezone,
    beganAt: now,
    ...(before?.restarts !== undefined && { restarts: before.restarts }),
  };
}

/**
 * Milliseconds by which a clock may step back without a schedule being begun anew: it waits until its time has come again.
 * More than that, and it would wait unnoticed for as long as the clock was ahead.
 */
const CLOCK_STEP = 3_600_000;

/** How far the clock must have been ahead for what is kept to have been written, in milliseconds; 0 where it need not have been. */
export function wasAheadBy({ beganAt, dealtWith, waiting }: KeptSchedule, now: number): number {
  const latest = Math.max(beganAt, dealtWith ?? 0, waiting?.due ?? 0);
  return latest - now > CLOCK_STEP ? latest - now : 0;
}

/**
 * A schedule that was kept by a clock that was ahead, begun anew: what is due from now on is run, whether or not a run of the same
 * time was made while the clock was ahead.
 */
export function beginAnew(kept: KeptSchedule, now: number): KeptSchedule {
  const { expression, timezone, restarts = 0, lastJob } = kept;
  return {
    ...{ expression, timezone, beganAt: now, dealtWith: now, restarts: restarts + 1 },
    ...(lastJob !== undefined && { lastJob }),
  };
}

/** Whether what is kept is of the schedule as it is written now. */
export function isOf(kept: KeptSchedule | undefined, schedule: RunbookSchedule): kept is KeptSchedule {
  return kept?.expression === schedule.expression && kept.timezone === schedule.timezone;
}

/**
 * What is due. Of several runs that were missed only the last counts: a drill that is made up for is made up for once.
 */
export function dueRun(schedule: RunbookSchedule, kept: KeptSchedule, now: number): DueRun {
  if (kept.waiting !== undefined) return { act: 'start', ...kept.waiting };
  const begun: BegunSchedule = { ...kept, expression: expressionOf(kept.expression) };
  const due = lastDue(begun, now);
  if (due === undefined || (kept.dealtWith !== undefined && due <= kept.dealtWith)) {
    const next = nextDue(begun, now);
    return { act: 'nothing', next: next === undefined ? undefined : next + delayOf(schedule, next) };
  }
  const from = due + delayOf(schedule, due);
  if (now < from) return { act: 'nothing', next: from };
  const allowed = schedule.startWithinSeconds * 1000;
  if (now <= from + allowed) return { act: 'start', due, until: from + allowed };
  return schedule.catchUp === 'run' ? { act: 'start', due, until: now + allowed } : { act: 'skip', due };
}

/** Where in its flexible window a run begins: spread over it, and the same again after a restart. */
function delayOf({ name, flexibleMinutes }: RunbookSchedule, due: number): number {
  const share = createHash('sha256').update(`${name}\n${due}`).digest().readUInt32BE() / 2 ** 32;
  return Math.floor(share * flexibleMinutes) * 60_000;
}
