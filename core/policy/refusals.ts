import { isImpossible } from './approval-rule.ts';
import { PolicyRefusedError } from './errors.ts';
import { permits, type RunbookOrigin } from './origin.ts';
import type { Policy } from './policy.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { KIND_TITLES } from '../runbooks/undertaking.ts';
import { approvalNeeded } from '../jobs/approvals/needed.ts';
import type { BreakGlass } from '../jobs/job.ts';
import type { StartedBy } from '../jobs/started-by.ts';
import { personOf } from '../person.ts';

/** What is to be started, or to go on. A job is one. */
export interface JobUnderPolicy {
  readonly runbook: Runbook;
  readonly policy: Policy;
  /** Absent in the records of earlier versions, whose runbook may have come from anywhere. */
  readonly origin?: RunbookOrigin;
  readonly breakGlass?: BreakGlass;
}

/** Every reason for which the policy forbids a job, each as a sentence; none when it may be run. */
export function policyRefusals(job: JobUnderPolicy): string[] {
  const { policy, origin } = job;
  const rule = approvalNeeded(job);
  return [
    ...(policy.runbooks === 'kept' && origin?.kept === undefined
      ? ['Only runbooks that this installation keeps may be run, and this one was brought along.']
      : []),
    ...overrideRefusals(policy, origin),
    ...(rule !== undefined && isImpossible(rule)
      ? [
          `Of those who may approve it by the runbook and by the policy, ${rule.from?.length ?? 0} are left, and ${rule.count} have to.`,
        ]
      : []),
    ...breakGlassRefusals(job),
  ];
}

/** One person alone may restore onto the cluster whose name they typed, where the policy allows it, and nothing else. */
function breakGlassRefusals({ runbook, policy, breakGlass }: JobUnderPolicy): string[] {
  if (breakGlass === undefined) return [];
  const target = runbook.kind === 'restore' ? runbook.target : undefined;
  return [
    ...(policy.breakGlass === true ? [] : ['It does not allow break-glass (breakGlass: true).']),
    ...(target === undefined || clusterName(target) !== breakGlass.cluster
      ? ['Break-glass is for a restore onto the cluster that was named, and for nothing else.']
      : []),
    ...(isPerson(breakGlass.by)
      ? []
      : [`Break-glass is for a person, and ${breakGlass.by.who} identifies none.`]),
  ];
}

/** A schedule is none, and neither is an AWS role: whoever calls AssumeRole may be a program. */
function isPerson({ type, who }: StartedBy): boolean {
  return type !== 'schedule' && personOf(who).identified;
}

function overrideRefusals({ overrides }: Policy, origin: RunbookOrigin | undefined): string[] {
  if (overrides === undefined) return [];
  const refused = (origin?.overridden ?? []).filter((path) => !permits(overrides, path));
  if (refused.length === 0) return [];
  const may = overrides.length === 0 ? 'none' : overrides.join(', ');
  return [`It overrides ${refused.join(', ')} of the runbook, and what may be overridden is: ${may}.`];
}

/**
 * Refuses a job that the policy forbids.
 *
 * @throws PolicyRefusedError with every reason.
 */
export function refuseByPolicy(job: JobUnderPolicy): void {
  const reasons = policyRefusals(job);
  if (reasons.length === 0) return;
  const { kind, name } = job.runbook;
  throw new PolicyRefusedError(
    `The policy of this installation forbids ${KIND_TITLES[kind].toLowerCase()} "${name}": ${reasons.join(' ')}`,
    {
      changed: 'Nothing was changed.',
      next: 'Start it as the policy allows, or ask whoever administers the policy; see it with: lifeboat plan RUNBOOK',
    },
  );
}
