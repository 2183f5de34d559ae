import { clusterName } from '../runbooks/cluster.ts';
import type { Job } from './job.ts';

/**
 * The name of the lease that a job needs: its target's. Undefined for a download, which overwrites nothing. A job in a
 * simulated Atlas of its own keeps nobody off the real cluster of the same name.
 */
export function leaseName({ jobId, runbook, simulation }: Job): string | undefined {
  if (runbook.target === undefined) return undefined;
  const name = clusterName(runbook.target);
  return simulation === undefined || simulation.seed === null ? name : `simulated/${jobId}/${name}`;
}
