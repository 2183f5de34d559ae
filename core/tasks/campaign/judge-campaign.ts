import { isoTime } from '../../clock.ts';
import type { CampaignDrill, DrillOutcome } from '../../jobs/campaign-record.ts';
import { isRestoreJob, type CampaignJob, type Job } from '../../jobs/job.ts';
import { end } from '../../jobs/phases.ts';
import { isFinal } from '../../jobs/status.ts';
import type { CheckResult } from '../../runbooks/check.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import { anyTask, forCampaigns, GO, saveJob } from '../define-task.ts';
import { stopIfCancelled } from '../stopping.ts';
import { DrillsFailedError } from '../errors.ts';
import { changedByCampaign } from './changed-by-campaign.ts';
import { findJob } from './drill-of-input.ts';

/** Characters of what a drill failed of. */
const MESSAGE_LENGTH = 300;

/**
 * Gathers what came of the drills of a campaign. One that failed, was cancelled or did not begin fails the campaign; one that
 * could not look makes it inconclusive.
 *
 * @throws JobCancelledError, DrillsFailedError
 */
export const judgeCampaign = anyTask(
  forCampaigns(async (job, context) => {
    if (isFinal(job.status)) return GO;
    const drills: CampaignDrill[] = [];
    for (const drill of job.campaign.drills ?? []) drills.push(await withOutcome(drill, context));
    const checks = drills.map((drill) => checkOf(drill, drills));
    const now = isoTime(context.clock.now());
    const judged = { ...job, campaign: { drills }, checks, phases: end(job.phases, 'drills', now) };
    await noteJudgement(await saveJob(judged, knownFailure(judged), context), context);
    stopIfCancelled(job);
    stopIfFailed(job, checks);
    return GO;
  }),
);

/** What a campaign that had failed before its drills were judged is now known to have changed. */
function knownFailure(judged: CampaignJob): Pick<CampaignJob, 'failure'> {
  if (judged.failure === undefined) return {};
  const { unsure, ...failure } = judged.failure;
  const known = changedByCampaign(judged);
  return unsure === undefined ? {} : { failure: { ...failure, ...known } };
}

async function withOutcome(drill: CampaignDrill, { jobs }: TaskContext): Promise<CampaignDrill> {
  const job = await findJob(drill.jobId, jobs);
  const target = job === undefined || !isRestoreJob(job) ? undefined : job.runbook.target;
  return job === undefined || target === undefined
    ? drill
    : { ...drill, outcome: { target, ...outcomeOf(job) } };
}

function outcomeOf({ status, verdict, startedAt, endedAt, rtoSeconds, rpoSeconds, failure }: Job) {
  return {
    status,
    ...(verdict !== undefined && { verdict }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    rtoSeconds,
    rpoSeconds,
    ...(failure !== undefined && { failure: { name: failure.name, message: shortened(failure.message) } }),
  } satisfies Omit<DrillOutcome, 'target'>;
}

/** The record of a campaign has to hold the failures of all its drills, whose own records tell the whole. */
function shortened(message: string): string {
  return message.length <= MESSAGE_LENGTH ? message : `${message.slice(0, MESSAGE_LENGTH - 1)}…`;
}

function checkOf({ jobId, source, outcome }: CampaignDrill, all: readonly CampaignDrill[]): CheckResult {
  const alone = all.filter((other) => other.source.cluster === source.cluster).length === 1;
  const name = `drill-of-${alone ? source.cluster : clusterName(source)}`;
  const what = `The drill of ${clusterName(source)}`;
  if (outcome === undefined) return { name, outcome: 'fail', message: `${what} did not begin.` };
  const { status, verdict, failure } = outcome;
  const evidence = { job: jobId, status, verdict: verdict ?? null };
  const reason = failure === undefined ? '' : `, ${failure.name}`;
  const message = `${what} ${WORDS[verdict ?? 'failed']}: job ${jobId}${reason}.`;
  if (status === 'SUCCEEDED' && verdict === 'passed') return { name, outcome: 'pass', message, evidence };
  const unclear = verdict === 'inconclusive';
  return { name, outcome: unclear ? 'unknown' : 'fail', message, evidence };
}

const WORDS = { passed: 'passed', inconclusive: 'is inconclusive', failed: 'failed' } as const;

async function noteJudgement({ jobId, checks }: CampaignJob, context: TaskContext): Promise<void> {
  const count = (outcome: CheckResult['outcome']) =>
    checks.filter((check) => check.outcome === outcome).length;
  const [passed, failed, inconclusive] = [count('pass'), count('fail'), count('unknown')];
  await context.jobs.append(jobId, {
    at: isoTime(context.clock.now()),
    type: 'campaign-judged',
    once: 'campaign-judged',
    message: `Of ${checks.length} drills ${passed} passed, ${failed} failed, ${inconclusive} inconclusive.`,
    data: { drills: checks.length, passed, failed, inconclusive },
  });
}

function stopIfFailed({ jobId }: CampaignJob, checks: readonly CheckResult[]): void {
  const failed = checks.filter(({ outcome }) => outcome === 'fail');
  if (failed.length === 0) return;
  throw new DrillsFailedError(
    `${failed.length} of ${checks.length} drills failed: ${failed.map(({ name }) => name.replace('drill-of-', '')).join(', ')}.`,
    { next: `Look at each of them: lifeboat jobs show ${jobId} names their jobs.` },
  );
}
