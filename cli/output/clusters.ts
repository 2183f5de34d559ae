import type { Job } from '../../core/jobs/job.ts';
import { clusterName, type ClusterRef } from '../../core/runbooks/cluster.ts';

/** What the clusters of a job are told from. */
export interface Clusters {
  readonly kind: Job['kind'];
  readonly source?: ClusterRef | undefined;
  readonly target?: ClusterRef | undefined;
}

/** The end of a project's id, which tells two projects apart where there is no room for more. */
const SHORT_PROJECT = 4;

/**
 * `orders → orders-drill`; with the projects where the names alone would read the same.
 *
 * @param width columns that there are: where the projects do not fit, `…0a01/orders → …0a04/orders`.
 */
export function clusterLabels({ kind, source, target }: Clusters, width = Infinity): string {
  if (kind === 'campaign') return 'many clusters';
  if (kind === 'pipeline') return source === undefined ? 'an export' : `${source.cluster} → an export`;
  if (source === undefined) return `outside Atlas → ${target?.cluster ?? 'no cluster'}`;
  if (target === undefined) return `${source.cluster} → download`;
  if (source.cluster !== target.cluster) return `${source.cluster} → ${target.cluster}`;
  const full = `${clusterName(source)} → ${clusterName(target)}`;
  return full.length <= width ? full : `${shortName(source)} → ${shortName(target)}`;
}

function shortName({ project, cluster }: ClusterRef): string {
  return `…${project.slice(-SHORT_PROJECT)}/${cluster}`;
}
