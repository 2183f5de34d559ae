import { clusterName } from '../runbooks/cluster.ts';
import { placeOf } from '../runbooks/place.ts';
import { campaignOf, type Job } from './job.ts';

/**
 * The name of the lease that a job needs: its target's. Undefined for a job that overwrites nothing.
 *
 * A job in a simulated Atlas keeps nobody off the real cluster of the same name, and its simulated time, which may be far
 * ahead, must not decide when a real lease lapses. A simulator in a process of its own is shared by the jobs that it is
 * given; one in a job's process is that job's alone, and that of its drills if it is a campaign.
 */
export function leaseName(job: Job): string | undefined {
  const { jobId, runbook, simulation, atlasUrl } = job;
  const { target } = placeOf(runbook);
  if (target === undefined) return undefined;
  const name = clusterName(target);
  return simulation === undefined ? name : `simulated/${atlasUrl ?? campaignOf(job) ?? jobId}/${name}`;
}
