import { jobName } from '../../jobs/simulated.ts';
import { cancelJob } from '../../commands/cancel-job.ts';
import { admitJob } from '../../commands/start-job.ts';
import { isoTime } from '../../clock.ts';
import { JobExistsError, LeaseHeldError } from '../../jobs/errors.ts';
import type { CampaignDrill } from '../../jobs/campaign-record.ts';
import { isRestoreJob, type CampaignJob, type Job } from '../../jobs/job.ts';
import { leaseName } from '../../jobs/lease-name.ts';
import { isFinal } from '../../jobs/status.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import type { TaskContext } from '../context.ts';
import { anyTask, forCampaigns, GO, renewLease, wait } from '../define-task.ts';
import { stopIfFrozen } from '../stop-if-frozen.ts';
import { stopIfCancelled, stopIfLate } from '../stopping.ts';
import { drillJob } from './drill-job.ts';
import { drillOfInput, endOfDrill, findJob } from './drill-of-input.ts';
import { isJudged } from './drills-left.ts';

/** Seconds until it is looked again for a target that is free. */
const TARGETS_BUSY_SECONDS = 60;

/**
 * Begins one drill of a campaign: takes the first target of the pool that is free, and writes the drill's job. All the rest
 * is done by the workflow of that job. Comes back while every target is taken.
 *
 * The drill holds the lease before its record is written, so two drills never have one target, and its id follows from the
 * campaign and the source, so it is begun once.
 *
 * @throws JobCancelledError, JobTimeLimitError, PolicyRefusedError, FrozenError when it has not begun and is not going to.
 */
export const startDrill = anyTask(
  forCampaigns(async (campaign, context, input) => {
    const drill = drillOfInput(campaign, input);
    const there = await findJob(drill.jobId, context.jobs);
    // A campaign that has failed begins no other drill. Nor does one that another process has brought to its end, in which this
    // one did not begin: so it stays.
    if (there === undefined && (campaign.failure !== undefined || isJudged(campaign)))
      return { next: 'done' };
    const begun = there ?? (await begin(campaign, drill, context));
    if (begun === undefined) return wait(TARGETS_BUSY_SECONDS);
    await noteStart(campaign, drill, begun, context);
    await cancelToo(campaign, begun, context);
    return (await isOver(campaign, begun, context)) ? { next: 'done' } : GO;
  }),
);

/**
 * Whether a drill has ended and its workflow, too. One whose process died in between is run once more: its lease may still be to
 * be given back, and its report to be written.
 */
async function isOver({ jobId }: CampaignJob, drill: Job, { jobs }: TaskContext): Promise<boolean> {
  if (!isFinal(drill.status)) return false;
  const events = await jobs.timeline(jobId);
  return events.some(({ once }) => once === endOfDrill(drill.jobId));
}

/**
 * Begins it on the first target that is free; undefined when there is none. A drill that has begun is run to its end whatever
 * becomes of the campaign.
 */
async function begin(
  campaign: CampaignJob,
  drill: CampaignDrill,
  context: TaskContext,
): Promise<Job | undefined> {
  stopIfCancelled(campaign);
  stopIfLate(campaign, context);
  await stopIfFrozen('The drill was not started.', context);
  for (const target of campaign.runbook.targets) {
    const job = drillJob(campaign, drill, target, isoTime(context.clock.now()));
    if (await tookLease(job, context)) return create(job, context);
  }
  return undefined;
}

async function tookLease(job: Job, context: TaskContext): Promise<boolean> {
  try {
    await renewLease(job, context);
    return true;
  } catch (error) {
    if (error instanceof LeaseHeldError) return false;
    throw error;
  }
}

/** Delivered twice at once, the other delivery may have written it first, with another target. */
async function create(job: Job, { jobs }: TaskContext): Promise<Job> {
  try {
    return await admitJob(job, jobs);
  } catch (error) {
    if (!(error instanceof JobExistsError)) throw error;
    const there = await jobs.get(job.jobId);
    const lease = leaseName(job);
    if (lease !== undefined && lease !== leaseName(there)) await jobs.giveBackLease(lease, job.jobId);
    return there;
  }
}

async function noteStart(
  { jobId }: CampaignJob,
  { source }: CampaignDrill,
  job: Job,
  context: TaskContext,
): Promise<void> {
  const target = isRestoreJob(job) ? job.runbook.target : undefined;
  const onto = target === undefined ? 'no target' : clusterName(target);
  await context.jobs.append(jobId, {
    at: isoTime(context.clock.now()),
    type: 'drill-started',
    once: `drill-started/${job.jobId}`,
    message: `Drill of ${clusterName(source)} onto ${onto}: job ${jobName(job)}.`,
    data: { job: job.jobId, source: clusterName(source), target: onto },
  });
}

/** Somebody may have cancelled the campaign while this drill was not yet there to be cancelled with it. */
async function cancelToo({ jobId }: CampaignJob, job: Job, { jobs, clock }: TaskContext): Promise<void> {
  const { cancel } = await jobs.get(jobId);
  if (cancel === undefined || isFinal((await jobs.get(job.jobId)).status)) return;
  await cancelJob(job.jobId, { by: cancel.by, reason: cancel.reason }, jobs, clock);
}
