import { clusterName } from '../runbooks/cluster.ts';
import { placeOf } from '../runbooks/place.ts';
import { campaignOf, type Job } from './job.ts';

const CLAIM = 'restore-job/';

/**
 * The name of the lease that a job needs: its target's. Undefined for a job that overwrites nothing.
 *
 * A job in a simulated Atlas keeps nobody off the real cluster of the same name, and its simulated time, which may be far
 * ahead, must not decide when a real lease lapses. A simulator in a process of its own is shared by the jobs that it is
 * given; one in a job's process is that job's alone, and that of its drills if it is a campaign.
 */
export function leaseName(job: Job): string | undefined {
  const { target } = placeOf(job.runbook);
  return target === undefined ? undefined : inItsAtlas(job, clusterName(target));
}

/**
 * The name of the lease that says whose a restore job in Atlas is. It is never given back: what belongs to one job belongs to no
 * other.
 */
export function claimName(job: Job, restoreJobId: string): string {
  return inItsAtlas(job, `${CLAIM}${restoreJobId}`);
}

/** Whether a lease is a claim to a restore job, and no right to work on a target. */
export function isClaim(name: string): boolean {
  return /^(simulated\/.*\/)?restore-job\/[^/]+$/.test(name);
}

/** Whether a lease is of a job in a simulated Atlas. */
export function isSimulated(name: string): boolean {
  return name.startsWith('simulated/');
}

function inItsAtlas(job: Job, name: string): string {
  const { jobId, simulation, atlasUrl } = job;
  return simulation === undefined ? name : `simulated/${atlasUrl ?? campaignOf(job) ?? jobId}/${name}`;
}
