import type { Job } from '../../core/jobs/job.ts';
import { clusterName, type ClusterRef } from '../../core/runbooks/cluster.ts';
import { projectName, type ProjectNames } from '../../core/runbooks/project.ts';

/** What the clusters of a job are told from. */
export interface Clusters {
  readonly kind: Job['kind'];
  readonly source?: ClusterRef | undefined;
  readonly target?: ClusterRef | undefined;
  /** Names of their projects by their ids, as far as they are known. */
  readonly projects?: ProjectNames;
}

/** The end of a project's id, which tells two projects apart where there is no room for more. */
const SHORT_PROJECT = 4;

/**
 * `orders in shop (5e2f1c0a9d3b7a4c8e6f0a01) → orders-drill in drills (5e2f1c0a9d3b7a4c8e6f0a02)`. Where the names of projects are not
 * known, `orders → orders-drill`, with the projects where these alone would read the same.
 *
 * @param width columns that there are: where the projects do not fit, their ids are cut to `…0a01`.
 */
export function clusterLabels(clusters: Clusters, width = Infinity): string {
  const { projects = {}, source, target } = clusters;
  if (Object.keys(projects).length === 0) return unnamedLabels(clusters, width);
  const labels = (id: (project: string) => string) => {
    const label = ({ project, cluster }: ClusterRef) =>
      `${cluster} in ${projectName({ id: id(project), name: projects[project] })}`;
    return sidesOf(clusters, source && label(source), target && label(target));
  };
  const full = labels((project) => project);
  return full.length <= width ? full : labels(shortProject);
}

/** What stands on both sides of the arrow. */
function sidesOf({ kind }: Clusters, source: string | undefined, target: string | undefined): string {
  if (kind === 'campaign') return 'many clusters';
  if (kind === 'pipeline') return source === undefined ? 'an export' : `${source} → an export`;
  if (source === undefined) return `outside Atlas → ${target ?? 'no cluster'}`;
  return `${source} → ${target ?? 'download'}`;
}

function unnamedLabels(clusters: Clusters, width: number): string {
  const { kind, source, target } = clusters;
  const isSame = kind !== 'pipeline' && source?.cluster === target?.cluster;
  if (!isSame || source === undefined || target === undefined)
    return sidesOf(clusters, source?.cluster, target?.cluster);
  const full = `${clusterName(source)} → ${clusterName(target)}`;
  return full.length <= width ? full : `${shortName(source)} → ${shortName(target)}`;
}

function shortName({ project, cluster }: ClusterRef): string {
  return `${shortProject(project)}/${cluster}`;
}

function shortProject(project: string): string {
  return `…${project.slice(-SHORT_PROJECT)}`;
}
