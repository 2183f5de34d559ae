import type { PacedClock } from '../../local/scaled-clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Cli } from '../cli.ts';

/** What a person sees of a job while it runs. */
export interface Progress {
  /** The job as it now stands. */
  job(job: Job): void;
  event(event: TimelineEvent): void;
  /** A remark of the command's own. */
  note(text: string): void;
  /** Leaves the last state on the screen; the second time does nothing. */
  stop(): void;
}

/** Progress on standard error: a live list on a terminal, a line for each event elsewhere, nothing with `--quiet`. */
export async function startProgress(job: Job, clock: PacedClock, { err, quiet }: Cli): Promise<Progress> {
  if (quiet) return silent;
  if (err.live) return (await import('./live.ts')).liveProgress(job, clock, err);
  return (await import('./plain.ts')).plainProgress(job, err);
}

const nothing = () => undefined;
const silent: Progress = { job: nothing, event: nothing, note: nothing, stop: nothing };
