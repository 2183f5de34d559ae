import type { Metrics } from '@aws-lambda-powertools/metrics';
import { isRestoreJob, type Job, type ObjectiveResult } from '../../core/jobs/job.ts';
import type { JobEvent } from '../../core/notify/message.ts';

/** Counts what was just told of a job. */
export function countEvent(job: Job, { type }: JobEvent, metrics: Metrics): void {
  switch (type) {
    case 'lifeboat.job.started':
      metrics.addMetric('JobsStarted', 'Count', 1);
      return;
    case 'lifeboat.job.succeeded':
    case 'lifeboat.job.failed':
    case 'lifeboat.job.cancelled':
      countEnd(job, metrics);
      return;
    case 'lifeboat.job.breakGlass':
    case 'lifeboat.job.approvalWanted':
    case 'lifeboat.job.objectiveAtRisk':
  }
}

function countEnd(job: Job, metrics: Metrics): void {
  if (job.status === 'FAILED') metrics.addMetric('JobsFailed', 'Count', 1);
  if (job.status === 'CANCELLED') metrics.addMetric('JobsCancelled', 'Count', 1);
  if (job.verdict !== undefined) metrics.addMetric(VERDICT_METRIC[job.verdict], 'Count', 1);
  if (!isRestoreJob(job)) return;
  const { rto, rpo } = job.objectives ?? {};
  const missed = [rto, rpo].filter((objective) => objective?.met === false).length;
  if (missed > 0) metrics.addMetric('ObjectivesMissed', 'Count', missed);
  for (const [name, seconds] of [...secondsOf('Rto', rto), ...secondsOf('Rpo', rpo)]) {
    const one = metrics.singleMetric();
    one.addDimension('runbook', job.runbook.name);
    one.addMetric(name, 'Seconds', seconds);
  }
}

const VERDICT_METRIC = {
  passed: 'VerdictsPassed',
  inconclusive: 'VerdictsInconclusive',
  failed: 'VerdictsFailed',
} as const;

function secondsOf(what: 'Rto' | 'Rpo', result: ObjectiveResult | undefined): [string, number][] {
  const { achievedSeconds = null, objectiveSeconds } = result ?? {};
  return [
    ...(achievedSeconds === null ? [] : [[`${what}Achieved`, achievedSeconds] as [string, number]]),
    ...(objectiveSeconds === undefined ? [] : [[`${what}Objective`, objectiveSeconds] as [string, number]]),
  ];
}
