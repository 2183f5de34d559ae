import type { CampaignRunbook } from './kinds/campaign.ts';
import { clusterTitle, projectTitle, type ProjectNames } from './project.ts';
import type { Runbook } from './schema.ts';

/** What people call a job of each kind, at the beginning of a sentence. */
export const KIND_TITLES: Readonly<Record<Runbook['kind'], string>> = {
  drill: 'Drill',
  restore: 'Restore',
  cutover: 'Cutover',
  pipeline: 'Pipeline run',
  campaign: 'Campaign',
};

/** The kinds of runbooks. */
export const RUNBOOK_KINDS = Object.keys(KIND_TITLES) as readonly Runbook['kind'][];

/**
 * What a runbook is about, with full names: `project/orders to project/orders-drill`.
 *
 * @param names of projects, as far as they are known.
 */
export function undertaking(runbook: Runbook, names: ProjectNames = {}): string {
  switch (runbook.kind) {
    case 'cutover': {
      const { source, target, migration } = runbook;
      const from = source === undefined ? '' : ` from ${clusterTitle(source, names)}`;
      return `live migration ${migration}${from} into ${clusterTitle(target, names)}`;
    }
    case 'pipeline': {
      const { project, name, run } = runbook.pipeline;
      return `run ${run} of pipeline ${name} in project ${projectTitle(project, names)}`;
    }
    case 'campaign':
      return `drills of ${sourcesText(runbook)} onto ${runbook.targets.map((target) => clusterTitle(target, names)).join(', ')}`;
    default: {
      const { source, target } = runbook;
      return `${clusterTitle(source, names)} to ${target === undefined ? 'a download' : clusterTitle(target, names)}`;
    }
  }
}

/** Which clusters a campaign drills: `3 clusters`, or `the clusters tagged tier: gold`. */
export function sourcesText({ sources }: CampaignRunbook): string {
  if ('clusters' in sources)
    return sources.clusters.length === 1 ? '1 cluster' : `${sources.clusters.length} clusters`;
  const tags = Object.entries(sources.tagged.tags).map(([key, value]) => `${key}: ${value}`);
  return `the clusters tagged ${tags.join(', ')}`;
}
