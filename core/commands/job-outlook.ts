import { secondsBetween } from '../clock.ts';
import type { Job, PhaseName } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import { outlook, type Outlook } from '../polling/outlook.ts';
import { workUnderWay } from '../tasks/work-class.ts';

/** The outlook on what Atlas does for a job now. */
export interface JobOutlook extends Outlook {
  /** The phase of the job that it belongs to. */
  readonly phase: PhaseName;
}

/** Gives the outlook at an instant, ISO 8601 UTC. */
export type OutlookAt = (now: string) => JobOutlook;

/**
 * What earlier work tells of how long a job's work in Atlas still takes.
 *
 * @returns undefined when Atlas does nothing for it that is learnt from.
 * @throws HistoryUnavailableError
 */
export async function jobOutlook(job: Job, jobs: JobStore): Promise<OutlookAt | undefined> {
  const underWay = workUnderWay(job);
  if (underWay === undefined) return undefined;
  const history = await jobs.durations(underWay.work);
  return (now) => ({ phase: underWay.phase, ...outlook(secondsBetween(underWay.since, now), history) });
}
