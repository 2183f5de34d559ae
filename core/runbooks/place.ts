import type { ClusterRef } from './cluster.ts';
import type { CampaignRunbook } from './kinds/campaign.ts';
import type { Runbook } from './schema.ts';

/** The clusters that a runbook is about. */
export interface RunbookPlace {
  /** Whose data it is; absent where it is not in Atlas, or nothing names it. */
  readonly source?: ClusterRef;
  /** What is overwritten or migrated into; absent where nothing is. */
  readonly target?: ClusterRef;
}

/** The ids of the projects that a runbook works in, each once. */
export function projectsOf(runbook: Runbook): readonly string[] {
  const { source, target } = placeOf(runbook);
  const clusters = [source, target, ...(runbook.kind === 'campaign' ? clustersOf(runbook) : [])];
  const named = [
    ...(runbook.kind === 'pipeline' ? [runbook.pipeline.project] : []),
    ...(runbook.kind === 'campaign' && 'tagged' in runbook.sources ? runbook.sources.tagged.projects : []),
    ...clusters.flatMap((cluster) => (cluster === undefined ? [] : [cluster.project])),
  ];
  return [...new Set(named)];
}

function clustersOf({ sources, targets }: CampaignRunbook): readonly ClusterRef[] {
  return 'clusters' in sources ? [...sources.clusters, ...targets] : targets;
}

/** The clusters of a runbook, whatever its kind; none of a campaign, whose drills have theirs. */
export function placeOf(runbook: Runbook): RunbookPlace {
  if (runbook.kind === 'campaign') return {};
  const { source } = runbook;
  const target = runbook.kind === 'pipeline' ? undefined : runbook.target;
  return { ...(source !== undefined && { source }), ...(target !== undefined && { target }) };
}
