import { SIMULATED } from '../../core/jobs/simulated.ts';
import { isoTime, type Clock } from '../../core/clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import { outlookParts, workOf } from '../output/outlook.ts';
import type { Output } from '../terminal.ts';
import type { Progress } from './progress.ts';

/** A line for each event, for logs: `2026-11-21T17:49:24Z restore-started Atlas took the restore as …`. */
export function plainProgress(job: Job, clock: Clock, err: Output): Progress {
  const line = (at: string, type: string, message: string) => {
    err.line(`${at.replace(/\.\d+Z$/, 'Z')} ${type} ${message}`);
  };
  line(
    job.updatedAt,
    'job',
    `${job.jobId} runs ${job.simulation === undefined ? '' : `${SIMULATED} `}${job.runbook.kind} "${job.runbook.name}".`,
  );
  return {
    job: () => undefined,
    event: ({ at, type, message }) => {
      line(at, type, message);
    },
    // Told once, when the work begins: in a log nothing counts down.
    outlook: (at) => {
      if (at === undefined) return;
      const now = isoTime(clock.now());
      const known = at(now);
      if (known.earlier > 0)
        line(now, 'outlook', `${workOf(known)}: ${outlookParts(known, now).join('; ')}.`);
    },
    note: (text) => {
      err.line(text);
    },
    stop: () => undefined,
  };
}
