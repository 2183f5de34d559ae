import { LifeboatError } from '../../core/errors.ts';
import { humanDuration } from '../../core/report/human.ts';

/** The file that holds how far the schedules of a home have been kept cannot be used. */
export class ScheduleStateError extends LifeboatError {
  override readonly name = 'ScheduleStateError';
  override readonly retryable = false;
}

/** The clock of the machine was ahead when a schedule was last kept, and has been set back since. */
export class ClockWasAheadError extends LifeboatError {
  override readonly name = 'ClockWasAheadError';
  override readonly retryable = false;

  /** @param seconds by which it was ahead, at least. */
  constructor(runbook: string, seconds: number) {
    super(
      `The clock of this machine was at least ${humanDuration(seconds)} ahead when the schedule of runbook ${runbook} was last kept.`,
      {
        changed: 'The schedule begins anew: what is due from now on is run.',
        next: 'Check how this machine keeps its time (NTP). Jobs that ran meanwhile are dated into the future.',
      },
    );
  }
}
