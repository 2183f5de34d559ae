import type { Runbook } from './schema.ts';

/** When a runbook is to be run by itself. */
export interface RunbookSchedule {
  /** The runbook's name. */
  readonly name: string;
  /** `cron(…)` or `rate(…)`, as EventBridge Scheduler writes it. */
  readonly expression: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timezone: string;
  /** Minutes within which it may begin; 0 for at once. */
  readonly flexibleMinutes: number;
  /** Seconds after which it is too late to begin: 60 to 86,400. */
  readonly startWithinSeconds: number;
  /** What becomes of a run that was missed while nobody kept the schedule. */
  readonly catchUp: 'run' | 'skip';
}

/** The schedule of a runbook; undefined when it has none. */
export function scheduleOf(runbook: Runbook): RunbookSchedule | undefined {
  if (!('schedule' in runbook) || runbook.schedule === undefined) return undefined;
  const { expression, timezone, flexibleWindow = 0, startWithin, catchUp } = runbook.schedule;
  return {
    name: runbook.name,
    expression,
    timezone,
    flexibleMinutes: flexibleWindow / 60,
    startWithinSeconds: startWithin,
    catchUp,
  };
}
