import type { OutlookAt } from '../../core/commands/job-outlook.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';

/** What a person sees of a job while it runs. */
export interface Progress {
  /** The job as it now stands. */
  job(job: Job): void;
  event(event: TimelineEvent): void;
  /** How long the work in Atlas that has begun still takes; undefined once there is none. */
  outlook(at: OutlookAt | undefined): void;
  /** A remark of the command's own. */
  note(text: string): void;
  /** Leaves the last state on the screen; the second time does nothing. */
  stop(): void;
}
