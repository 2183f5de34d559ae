import { gateText } from '../../core/jobs/approvals/wording.ts';
import { exactDuration } from '../../core/report/human.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportedCampaign, ReportedDrill } from '../../core/report/reported-campaign.ts';
import type { ReportedApproval } from '../../core/report/reported-approvals.ts';
import type { ReportedCutover } from '../../core/report/reported-cutover.ts';
import type { ReportedRun } from '../../core/report/reported-run.ts';
import { isRollbackWanted } from '../../core/report/rollback-wanted.ts';
import { whatWasExported } from '../../core/report/sentences/pipeline.ts';
import { clusterTitle, type ProjectNames } from '../../core/runbooks/project.ts';
import type { Fact } from './facts.ts';
import { secondOf } from './instants.ts';

/** Drills of a campaign that are listed one by one. */
const MOST_DRILLS = 20;

/** What is known of a cutover, a campaign, or the run of a pipeline; nothing for other jobs. */
export function kindFacts({ campaign, cutover, pipelineRun, projects }: Report): Fact[] {
  if (campaign !== null) return campaignFacts(campaign, projects);
  if (cutover !== null) return cutoverFacts(cutover);
  return pipelineRun === null ? [] : runFacts(pipelineRun);
}

/** Each drill with its job, those that did not pass first. */
function campaignFacts({ drills }: ReportedCampaign, projects: ProjectNames = {}): Fact[] {
  if (drills.length === 0) return [];
  const passed = ({ verdict }: ReportedDrill) => verdict === 'passed';
  const ordered = [...drills.filter((drill) => !passed(drill)), ...drills.filter(passed)];
  const shown = ordered.slice(0, MOST_DRILLS).map(({ jobId, source, status, verdict }) => {
    const word = verdict ?? (status === null ? 'not begun or not looked at yet' : status.toLowerCase());
    return `${clusterTitle(source, projects)}: ${word}, job ${jobId}`;
  });
  const more = drills.length - shown.length;
  return [['Drills', [...shown, ...(more === 0 ? [] : [`and ${more} more, in the report`])].join('\n')]];
}

function cutoverFacts(cutover: ReportedCutover): Fact[] {
  const { migrationId, status, snapshotId } = cutover;
  return [
    ['Migration', status === null ? migrationId : `${migrationId}, ${status}`],
    ...writeStopFacts(cutover),
    ...(cutover.cutoverAskedAt === null
      ? []
      : [['Asked for', `${secondOf(cutover.cutoverAskedAt)} UTC`] as const]),
    ...(snapshotId === null ? [] : [['Snapshot', snapshotId] as const]),
  ];
}

function writeStopFacts({ writesStoppedAt, writesBackAt, writeStopSeconds }: ReportedCutover): Fact[] {
  if (writesStoppedAt === null) return [];
  const from = `from ${secondOf(writesStoppedAt)}`;
  return writeStopSeconds === null || writesBackAt === null
    ? [['Write stop', `${from} UTC, and not back`]]
    : [['Write stop', `${exactDuration(writeStopSeconds)}, ${from} to ${writesBackAt.slice(11, 19)} UTC`]];
}

function runFacts(run: ReportedRun): Fact[] {
  const { title, progress, stats, doneAt, datasetName, prefix, deletedAt, before } = run;
  const exported = whatWasExported(stats);
  // Atlas names the place, and how long it will be kept, before anything is written there.
  const written = doneAt === null ? null : (datasetName ?? prefix);
  const until = deletedAt === null ? '' : `\nkept until ${secondOf(deletedAt)} UTC`;
  return [
    ['Follows', progress === '' ? title : `${title}\n${progress}`],
    ...(exported === '' ? [] : [['Exported', exported] as const]),
    ...(before === null ? [] : [['Run before', `${whatWasExported(before.stats)}\n${before.run}`] as const]),
    ...(written === null ? [] : [['Written to', `${written}${until}`] as const]),
  ];
}

/** Who approved what; how far it is while an answer is waited for. */
export function approvalFacts({ approvals }: Report): Fact[] {
  if (approvals.length === 0) return [];
  return [['Approvals', approvals.map(approvalText).join('\n')]];
}

function approvalText({ gate, outcome, decisions, count }: ReportedApproval): string {
  const counted = decisions.filter(({ refused }) => refused === null);
  const names = (decision: 'approve' | 'reject') =>
    counted
      .filter((said) => said.decision === decision)
      .map(({ by, played }) => (played ? `${by.who} (played)` : by.who))
      .join(', ');
  switch (outcome) {
    case 'approved':
      return `${gateText(gate)}: by ${names('approve')}`;
    case 'rejected':
      return `${gateText(gate)}: refused by ${names('reject')}`;
    case 'expired':
      return `${gateText(gate)}: not in time, ${counted.length} of ${count}`;
    case null:
      return `${gateText(gate)}: ${counted.length} of ${count} so far`;
  }
}

/** The messages that did not arrive. */
export function noticeFacts({ notices }: Report): Fact[] {
  const lost = notices.filter(({ outcome }) => outcome === 'given-up');
  if (lost.length === 0) return [];
  const text = lost.map(({ notice, problem }) => `${notice}: ${problem ?? 'it did not arrive'}`);
  return [['Not delivered', text.join('\n')]];
}

/** The runbook's procedure with this job's names and times, where people may need it now. */
export function rollbackFacts(report: Report): Fact[] {
  const { cutover } = report;
  return cutover !== null && isRollbackWanted(report) ? [['Rollback', cutover.rollback.trimEnd()]] : [];
}
