import type { ClusterRef } from './cluster.ts';
import type { Runbook } from './schema.ts';

/** The clusters that a runbook is about. */
export interface RunbookPlace {
  /** Whose data it is; absent where it is not in Atlas, or nothing names it. */
  readonly source?: ClusterRef;
  /** What is overwritten or migrated into; absent where nothing is. */
  readonly target?: ClusterRef;
}

/** The clusters of a runbook, whatever its kind; none of a campaign, whose drills have theirs. */
export function placeOf(runbook: Runbook): RunbookPlace {
  if (runbook.kind === 'campaign') return {};
  const { source } = runbook;
  const target = runbook.kind === 'pipeline' ? undefined : runbook.target;
  return { ...(source !== undefined && { source }), ...(target !== undefined && { target }) };
}
