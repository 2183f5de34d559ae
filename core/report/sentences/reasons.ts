import type { CheckResult } from '../../runbooks/check.ts';
import { counted } from '../human.ts';
import type { Report } from '../report.ts';

/** `1 check (target-idle)`, or undefined when no result has this outcome. */
export function named(
  results: readonly CheckResult[],
  outcome: CheckResult['outcome'],
  noun: string,
): string | undefined {
  return listed(
    results.filter((result) => result.outcome === outcome).map((result) => result.name),
    noun,
  );
}

/** `2 steps (index, peer) failed`, or undefined when none did. */
export function failedSteps({ steps }: Report): string | undefined {
  const names = steps.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const list = listed(names, 'step');
  return list === undefined ? undefined : `${list} failed`;
}

function listed(names: readonly string[], noun: string): string | undefined {
  return names.length === 0 ? undefined : `${counted(names.length, noun)} (${names.join(', ')})`;
}

/** Why a job is inconclusive. */
export function reasonsForDoubt({ checks }: Report): string {
  const unknown = named(checks, 'unknown', 'check');
  return unknown === undefined ? 'not everything could be looked at' : `${unknown} could not look`;
}

/**
 * What kept a job from what it was for although nothing had gone wrong, to follow the word "stopped": its guards, or people.
 * Undefined when it was something else.
 */
export function whatStoppedIt({ failure, guards }: Report): string | undefined {
  switch (failure?.name) {
    case 'GuardsFailedError':
      return whichGuards(guards);
    case 'ApprovalRejectedError':
      return 'because an approval was refused';
    case 'ApprovalExpiredError':
      return 'because an approval did not come in time';
    default:
      return undefined;
  }
}

/** A guard that could not look stops a job as well, unless the runbook says otherwise. */
function whichGuards(guards: Report['guards']): string {
  const failed = named(guards, 'fail', 'guard');
  if (failed !== undefined) return `by ${failed}`;
  const unknown = named(guards, 'unknown', 'guard');
  return unknown === undefined ? 'by its guards' : `because ${unknown} could not look`;
}

/** What a job that failed after it had done its work failed of. */
export function whatFailedAfterwards(report: Report): string {
  const checks = named(report.checks, 'fail', 'check');
  const steps = failedSteps(report);
  const reasons = [
    ...(checks === undefined ? [] : [`${checks} failed`]),
    ...(steps === undefined ? [] : [steps]),
  ];
  return reasons.length === 0 ? 'the job did not complete' : reasons.join(', and ');
}
