import { JOB_GATE } from '../../core/jobs/approvals/open-request.ts';
import { countedDecisions } from '../../core/jobs/approvals/rules.ts';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import {
  isCampaignJob,
  isCutoverJob,
  isPipelineJob,
  isRestoreJob,
  type CampaignJob,
  type CutoverJob,
  type Job,
  type PhaseName,
} from '../../core/jobs/job.ts';
import { secondsToExpiry } from '../../core/jobs/migration-timer.ts';
import { runProgress } from '../../core/jobs/run-title.ts';
import { humanDuration } from '../../core/report/human.ts';
import { outcomeCounts } from '../output/checks.ts';
import { minuteOf } from '../output/instants.ts';

/**
 * What is known of a phase, in few words; empty when nothing is.
 *
 * @param now ISO 8601 UTC.
 */
export function phaseDetail(name: PhaseName, job: Job, now: string): string {
  const { atlas } = job;
  switch (name) {
    case 'guard':
      return job.guards.length === 0 ? '' : outcomeCounts(job.guards);
    case 'recoveryPoint':
      return recoveryPointDetail(job);
    case 'approval':
      return approvalDetail(job);
    case 'restore':
      return atlas.restoreJobId === undefined ? '' : `restore job ${atlas.restoreJobId}`;
    case 'migration':
      return migrationDetail(job, now);
    case 'writeStop':
      return lagDetail(job);
    case 'cutover':
      return isCutoverJob(job) ? (job.cutover.status ?? '') : '';
    case 'drills':
      return isCampaignJob(job) ? drillsDetail(job) : '';
    case 'run':
      return isPipelineJob(job) ? runProgress(job.run) : '';
    case 'verify':
      return job.checks.length === 0 ? '' : outcomeCounts(job.checks);
    case 'snapshot':
      return atlas.snapshotId === undefined ? '' : `snapshot ${atlas.snapshotId}`;
  }
}

/** How many drills there are, and what came of them once that has been gathered. */
function drillsDetail({ campaign, checks }: CampaignJob): string {
  const { drills = [] } = campaign;
  return checks.length === 0 ? `${drills.length} clusters` : outcomeCounts(checks);
}

function recoveryPointDetail(job: Job): string {
  const time = isRestoreJob(job) ? job.recoveryPoint?.time : undefined;
  return time === undefined ? '' : `${minuteOf(time)} UTC`;
}

/** Who has said yes; what is written by another process shows once this one writes the job. */
function approvalDetail(job: Job): string {
  const request = job.approvals[JOB_GATE];
  if (request === undefined) return '';
  const said = countedDecisions(request, job);
  const names = said.map(({ by }) => by.who).join(', ');
  return said.length === 0 ? 'waits for people' : `${said.length} of ${request.rule.count}: ${names}`;
}

/** Where the migration stands. Once it is ready it expires, which a cutover has to come before. */
function migrationDetail(job: Job, now: string): string {
  if (!isCutoverJob(job)) return '';
  const { status, seen, readyAt } = job.cutover;
  if (readyAt !== undefined) return mayExpire(job) ? `ready; ${timeToExpiry(readyAt, now)}` : 'ready';
  if (seen === undefined) return status ?? '';
  const lag = seen.lagSeconds === null ? 'lag not known' : `lag ${humanDuration(seen.lagSeconds)}`;
  return `${status ?? 'not ready'}, ${lag}`;
}

/** Whether nothing has come of it yet. */
function mayExpire({ cutover, endedAt }: CutoverJob): boolean {
  return endedAt === undefined && sideOf(cutover) === 'before';
}

/** People may extend its time in Atlas, which the API does not tell. */
function timeToExpiry(readyAt: string, now: string): string {
  const left = secondsToExpiry(readyAt, now);
  return left <= 0 ? 'may expire at any time' : `may expire in ${humanDuration(left)}`;
}

/** How far the target is behind, and how many readings in a row were low enough. */
function lagDetail(job: Job): string {
  if (!isCutoverJob(job)) return '';
  const { readings } = job.cutover;
  const lag = readings.at(-1)?.lagSeconds;
  const counted = `${readings.length} of ${job.runbook.lag.readings} readings low`;
  return lag === undefined || lag === null ? counted : `${counted}, lag ${humanDuration(lag)}`;
}
