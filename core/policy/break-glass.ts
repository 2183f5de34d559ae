import type { BreakGlass } from '../jobs/job.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { trimmedLine } from '../runbooks/fields.ts';
import type { Runbook } from '../runbooks/schema.ts';

/** What break-glass bypasses. */
const BYPASSED = ['approval', 'protected-cluster'];

/** Most characters that a reason may have. */
const MAX_REASON = 1000;

const reasonLine = trimmedLine
  .min(1, 'is missing')
  .max(MAX_REASON, `is longer than ${MAX_REASON} characters`);

/** What a person enters to break the glass. */
export interface Confirmation {
  readonly by: BreakGlass['by'];
  /** The name of the target's cluster, entered again. */
  readonly cluster: string;
  readonly reason: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** What is wrong with a confirmation. */
export interface ConfirmationFault {
  readonly field: 'runbook' | 'cluster' | 'reason';
  /** Continues the sentence that the field begins. */
  readonly message: string;
}

/** What a job records of break-glass, or everything that is wrong with what was entered. */
export type Confirmed =
  { readonly breakGlass: BreakGlass } | { readonly faults: readonly ConfirmationFault[] };

/** The cluster that break-glass can overwrite; undefined for a runbook of another kind than restore. */
export function breakGlassTarget(runbook: Runbook): ClusterRef | undefined {
  return runbook.kind === 'restore' ? runbook.target : undefined;
}

/** Judges what a person entered, on the command line and over HTTP alike. Whether the policy allows it is judged with the job. */
export function confirmBreakGlass(runbook: Runbook, { by, cluster, reason, at }: Confirmation): Confirmed {
  const target = breakGlassTarget(runbook);
  const read = reasonLine.safeParse(reason);
  if (cluster === target?.cluster && read.success) {
    return { breakGlass: { by, reason: read.data, cluster: clusterName(target), bypassed: BYPASSED, at } };
  }
  return { faults: [...clusterFaults(target, cluster), ...reasonFaults(read.error?.issues ?? [])] };
}

function clusterFaults(target: ClusterRef | undefined, cluster: string): ConfirmationFault[] {
  if (target === undefined) {
    return [{ field: 'runbook', message: 'is not of kind restore with a cluster to overwrite' }];
  }
  if (cluster === target.cluster) return [];
  return [{ field: 'cluster', message: `is not the name of the target, which is ${target.cluster}` }];
}

function reasonFaults(issues: readonly { readonly message: string }[]): ConfirmationFault[] {
  return issues.map(({ message }) => ({ field: 'reason', message }));
}
