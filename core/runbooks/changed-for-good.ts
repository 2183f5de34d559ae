import type { ClusterRef } from './cluster.ts';
import type { Runbook } from './schema.ts';

/**
 * The clusters that a run changes in a way that nobody can undo: the target of a restore, whose data is erased, every target of a
 * campaign, and the target of a cutover. None for a download and for the run of a pipeline.
 */
export function changedForGood(runbook: Runbook): readonly ClusterRef[] {
  switch (runbook.kind) {
    case 'pipeline':
      return [];
    case 'campaign':
      return runbook.targets;
    default:
      return runbook.target === undefined ? [] : [runbook.target];
  }
}
