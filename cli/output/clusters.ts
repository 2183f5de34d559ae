import { clusterName, type ClusterRef } from '../../core/runbooks/cluster.ts';

/** `orders → orders-drill`; with the projects where the names alone would read the same. */
export function clusterLabels({
  source,
  target,
}: {
  readonly source?: ClusterRef | undefined;
  readonly target?: ClusterRef | undefined;
}): string {
  if (source === undefined) return `→ ${target?.cluster ?? 'no cluster'}`;
  if (target === undefined) return `${source.cluster} → download`;
  if (source.cluster !== target.cluster) return `${source.cluster} → ${target.cluster}`;
  return `${clusterName(source)} → ${clusterName(target)}`;
}
