import { isFinal } from '../jobs/status.ts';
import type { CheckResult } from '../runbooks/check.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { counted, humanDuration } from './human.ts';
import type { Report, ReportedObjective } from './report.ts';

/** How a job stands, in one word. */
export type Outcome = 'passed' | 'failed' | 'inconclusive' | 'cancelled' | 'running' | 'pending';

/** The outcome of a job. A job that was told to stop and did is cancelled, whatever else is known of it. */
export function outcomeOf({ status, verdict }: Report): Outcome {
  if (status === 'CANCELLED') return 'cancelled';
  if (verdict !== null) return verdict;
  if (status === 'FAILED') return 'failed';
  if (status === 'SUCCEEDED') return 'inconclusive';
  return status === 'RUNNING' ? 'running' : 'pending';
}

/**
 * The verdict as one sentence, for example
 * `Drill passed: orders was restored onto orders-drill in 4 min 12 s.`
 * A simulated job's sentence says so.
 */
export function headline(report: Report): string {
  const kind = report.kind === 'drill' ? 'drill' : 'restore';
  const subject = report.simulation === null ? kind : `simulated ${kind}`;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} ${predicate(report)}.`;
}

function predicate(report: Report): string {
  const outcome = outcomeOf(report);
  switch (outcome) {
    case 'passed':
      return `passed: ${whatWasRestored(report)}`;
    case 'inconclusive':
      return `inconclusive: ${whatWasRestored(report)}, but ${reasonsForDoubt(report)}`;
    case 'failed':
      return howItFailed(report);
    case 'cancelled':
      return `cancelled: ${howFarItCame(report)}`;
    case 'running':
      return `still running: ${howFarItCame(report)}`;
    case 'pending':
      return 'not started yet';
  }
}

function howItFailed(report: Report): string {
  if (report.restoredAt !== null)
    return `failed: ${whatWasRestored(report)}, but ${reasonsForFailure(report)}`;
  const failedChecks = named(report.checks, 'fail', 'check');
  if (failedChecks !== undefined)
    return `failed: Atlas finished ${restoreOf(report)}, but ${failedChecks} failed`;
  return report.failure?.name === 'GuardsFailedError'
    ? `stopped ${whatStoppedIt(report)}: ${howFarItCame(report)}`
    : `failed: ${howFarItCame(report)}`;
}

/** A guard that could not look stops a job as well, unless the runbook says otherwise. */
function whatStoppedIt({ guards }: Report): string {
  const failed = named(guards, 'fail', 'guard');
  if (failed !== undefined) return `by ${failed}`;
  const unknown = named(guards, 'unknown', 'guard');
  return unknown === undefined ? 'by its guards' : `because ${unknown} could not look`;
}

/** Says no more than the record shows: without a request on record, for one, nothing can have touched the target. */
function howFarItCame(report: Report): string {
  const { target } = clusterLabels(report);
  const restore = restoreOf(report);
  if (report.restoredAt !== null) return whatWasRestored(report);
  if (report.atlas.restoreFinishedAt !== null) return `Atlas finished ${restore}, which is not verified`;
  if (report.failure?.name === 'RestoreFailedError') return `${restore} failed in Atlas`;
  if (report.atlas.restoreJobId !== null)
    return `${restore} ${isFinal(report.status) ? 'was' : 'is'} under way`;
  if (report.restoreRequest !== null) return `${restore} was requested; whether Atlas took it is not known`;
  return target === undefined ? 'no download was begun' : `Lifeboat has not touched ${target}`;
}

function restoreOf(report: Report): string {
  const { source, target } = clusterLabels(report);
  return target === undefined ? `the download of ${source}` : `the restore of ${source} onto ${target}`;
}

function whatWasRestored(report: Report): string {
  const { source, target } = clusterLabels(report);
  const seconds = report.objectives.rto.achievedSeconds;
  const duration = seconds === null ? '' : ` in ${humanDuration(seconds)}`;
  if (target === undefined) return `a download of ${source} was ready${duration}`;
  return `${source} was restored onto ${target}${duration}`;
}

function reasonsForDoubt({ checks }: Report): string {
  const unknown = named(checks, 'unknown', 'check');
  return unknown === undefined ? 'not everything could be looked at' : `${unknown} could not look`;
}

function reasonsForFailure({ objectives: { rto, rpo }, steps }: Report): string {
  const failed = steps.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const reasons = [
    ...(failed.length === 0 ? [] : [`${counted(failed.length, 'step')} (${failed.join(', ')}) failed`]),
    ...missed('recovery time objective', rto),
    ...missed('recovery point objective', rpo),
  ];
  return reasons.length === 0 ? 'the job did not complete' : reasons.join(', and ');
}

function missed(name: string, { met, objectiveSeconds, achievedSeconds }: ReportedObjective): string[] {
  if (met !== false) return [];
  if (objectiveSeconds === null || achievedSeconds === null) return [`the ${name} was missed`];
  return [`the ${name} was missed by ${humanDuration(achievedSeconds - objectiveSeconds)}`];
}

/** `1 check (target-idle)`, or undefined when no result has this outcome. */
function named(
  results: readonly CheckResult[],
  outcome: CheckResult['outcome'],
  noun: string,
): string | undefined {
  const names = results.filter((result) => result.outcome === outcome).map((result) => result.name);
  return names.length === 0 ? undefined : `${counted(names.length, noun)} (${names.join(', ')})`;
}

/** Short names, or `project/cluster` where the short ones would read the same. */
function clusterLabels({ source, target }: Report): { source: string; target?: string } {
  if (target === null) return { source: source?.cluster ?? 'the source' };
  const label = (ref: ClusterRef) => (source?.cluster === target.cluster ? clusterName(ref) : ref.cluster);
  return { source: source === null ? 'the source' : label(source), target: label(target) };
}
