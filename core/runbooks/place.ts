import type { ClusterRef } from './cluster.ts';
import type { Runbook } from './schema.ts';

/** The clusters that a runbook is about. */
export interface RunbookPlace {
  /** Whose data it is; absent where it is not in Atlas, or nothing names it. */
  readonly source?: ClusterRef;
  /** What is overwritten or migrated into; absent where nothing is. */
  readonly target?: ClusterRef;
}

/** The clusters of a runbook, whatever its kind. */
export function placeOf(runbook: Runbook): RunbookPlace {
  const { source } = runbook;
  const target = runbook.kind === 'pipeline' ? undefined : runbook.target;
  return { ...(source !== undefined && { source }), ...(target !== undefined && { target }) };
}
