import { clusterName } from '../runbooks/cluster.ts';
import type { ApprovalRule } from '../runbooks/kinds/approval.ts';
import { placeOf } from '../runbooks/place.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import { projectOf } from '../steps/protocol/step-kind.ts';
import { KIND_BY_USE } from '../steps/kinds.ts';
import { stepsUnder } from '../runbooks/steps/step-lists.ts';
import type { Policy } from './policy.ts';

/**
 * What a job changes, as a policy names it: `project/cluster`, `project/*` for a project that one of its steps changes, `*` for
 * whatever reaches beyond one project. A download is known by its source, whose data it hands out.
 */
export function changedBy(runbook: Runbook): string[] {
  if (runbook.kind === 'campaign') return runbook.targets.map(clusterName);
  const { source, target } = placeOf(runbook);
  const cluster = target ?? (runbook.kind === 'pipeline' ? undefined : source);
  return [
    ...(cluster === undefined ? [] : [clusterName(cluster)]),
    ...(runbook.kind === 'pipeline' && runbook.resume ? [`${runbook.pipeline.project}/*`] : []),
    ...stepTargets(runbook),
  ];
}

function stepTargets(runbook: Runbook): string[] {
  const { target } = placeOf(runbook);
  return STAGES.flatMap((stage) =>
    stepsUnder(runbook, stage).flatMap(({ use, with: settings }) => {
      const kind = KIND_BY_USE.get(use);
      if (kind?.effect !== 'change' || Object.keys(kind.operations).length === 0) return [];
      const project = projectOf(kind, settings, runbook);
      // What puts the target itself back into service is approved with the target.
      if (kind.destroys === false && project !== undefined && project === target?.project) return [];
      return [project === undefined ? '*' : `${project}/*`];
    }),
  );
}

/** The rules of the approvals that the policy requires of a job of this runbook. */
export function requiredApprovals(runbook: Runbook, { approvals = [] }: Policy): ApprovalRule[] {
  const changed = changedBy(runbook);
  return approvals
    .filter(({ targets }) => targets.some((entry) => changed.some((one) => matches(entry, one))))
    .map(({ count, from, within }) => ({ ...(from !== undefined && { from: [...from] }), count, within }));
}

/** Letter case tells no two clusters apart. A change of a whole project matches whatever names a cluster of it. */
function matches(entry: string, changed: string): boolean {
  if (entry === '*' || changed === '*') return true;
  const [project, cluster] = entry.toLowerCase().split('/');
  const [ofProject, ofCluster] = changed.toLowerCase().split('/');
  return project === ofProject && (cluster === '*' || ofCluster === '*' || cluster === ofCluster);
}
