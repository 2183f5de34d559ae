import { isFinal } from '../../jobs/status.ts';
import { clusterName, type ClusterRef } from '../../runbooks/cluster.ts';
import { humanDuration } from '../human.ts';
import { outcomeOf } from '../outcome.ts';
import type { Report } from '../report.ts';
import type { ReportedObjective } from '../reported-restore.ts';
import { failedSteps, named, reasonsForDoubt, whatStoppedIt } from './reasons.ts';

/** What became of a drill or a restore, to follow the words "Drill" or "Restore". */
export function restorePredicate(report: Report): string {
  const outcome = outcomeOf(report);
  switch (outcome) {
    case 'passed':
      return `passed: ${whatWasRestored(report)}`;
    case 'inconclusive':
      return `inconclusive: ${report.restoredAt === null ? howFarItCame(report) : `${whatWasRestored(report)}, but ${reasonsForDoubt(report)}`}`;
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
  const stop = whatStoppedIt(report);
  return stop === undefined ? `failed: ${howFarItCame(report)}` : `stopped ${stop}: ${howFarItCame(report)}`;
}

/** Says no more than the record shows: without a request on record, for one, nothing can have touched the target. */
function howFarItCame(report: Report): string {
  const { target } = clusterLabels(report);
  const restore = restoreOf(report);
  if (report.restoredAt !== null) return whatWasRestored(report);
  if (report.atlas.restoreFinishedAt !== null) return `Atlas finished ${restore}, which is not verified`;
  if (report.failure?.name === 'RestoreOutcomeUnknownError')
    return `Atlas no longer knows ${restore}, and how it ended is not known`;
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

function reasonsForFailure(report: Report): string {
  const { rto, rpo } = report.objectives;
  const steps = failedSteps(report);
  const reasons = [
    ...(steps === undefined ? [] : [steps]),
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

/** Short names, or `project/cluster` where the short ones would read the same. */
function clusterLabels({ source, target }: Report): { source: string; target?: string } {
  if (target === null) return { source: source?.cluster ?? 'the source' };
  const label = (ref: ClusterRef) => (source?.cluster === target.cluster ? clusterName(ref) : ref.cluster);
  return { source: source === null ? 'the source' : label(source), target: label(target) };
}
