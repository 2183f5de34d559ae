import { isoTime } from '../../clock.ts';
import type { CampaignDrill } from '../../jobs/campaign-record.ts';
import type { CampaignJob, Job } from '../../jobs/job.ts';
import { leaseName } from '../../jobs/lease-name.ts';
import { isFinal } from '../../jobs/status.ts';
import { clusterName } from '../../runbooks/cluster.ts';
import { closeJob } from '../close-job.ts';
import type { TaskContext, TaskInput } from '../context.ts';
import { anyTask, forCampaigns, GO, wait } from '../define-task.ts';
import { failureFrom } from '../errors.ts';
import { stopIfCancelled, stopIfLate } from '../stopping.ts';
import { drillJob } from './drill-job.ts';
import { drillOfInput, endOfDrill, findJob } from './drill-of-input.ts';

/** Seconds until a drill that has not ended is run once more, where nobody else does. */
const LOOK_AGAIN_SECONDS = 120;

/**
 * Notes what came of one drill of a campaign, or why it did not begin. Comes back while the drill has not ended, as when its
 * workflow was begun before and is still under way.
 *
 * @throws JobTimeLimitError, JobCancelledError when the workflow of a drill never began.
 */
export const endDrill = anyTask(
  forCampaigns(async (campaign, context, input) => {
    // Ended by another process, which has told what came of its drills.
    if (isFinal(campaign.status)) return GO;
    const drill = drillOfInput(campaign, input);
    const job = await findJob(drill.jobId, context.jobs);
    if (job === undefined) {
      await freeTargets(campaign, drill, context);
      await noteMissing(campaign, drill, input, context);
      return GO;
    }
    if (isFinal(job.status)) {
      // Its workflow may have broken off when it had written how the drill ended, and nobody runs it once more.
      await closeJob({ jobId: job.jobId }, context);
      await freeTargets(campaign, drill, context, leaseName(job));
      await noteEnd(campaign, drill, job, context);
      return GO;
    }
    if (job.status === 'PENDING') {
      stopIfCancelled(campaign);
      stopIfLate(campaign, context);
    }
    return wait(LOOK_AGAIN_SECONDS);
  }),
);

async function noteEnd(
  { jobId }: CampaignJob,
  { source }: CampaignDrill,
  job: Job,
  context: TaskContext,
): Promise<void> {
  await context.jobs.append(jobId, {
    at: isoTime(context.clock.now()),
    type: 'drill-ended',
    once: endOfDrill(job.jobId),
    message: `Drill of ${clusterName(source)}: ${job.verdict ?? job.status.toLowerCase()}.`,
    data: {
      job: job.jobId,
      status: job.status,
      verdict: job.verdict ?? null,
      rtoSeconds: job.rtoSeconds,
      rpoSeconds: job.rpoSeconds,
      failure: job.failure?.name ?? null,
    },
  });
}

/**
 * A target may have been taken for a drill whose record could then not be written, or by a request that came late, when the drill
 * had another one.
 *
 * @param own the lease that the drill's own workflow gives back, or keeps.
 */
async function freeTargets(
  campaign: CampaignJob,
  drill: CampaignDrill,
  context: TaskContext,
  own?: string,
): Promise<void> {
  const now = isoTime(context.clock.now());
  for (const target of campaign.runbook.targets) {
    const lease = leaseName(drillJob(campaign, drill, target, now));
    if (lease !== undefined && lease !== own) await context.jobs.giveBackLease(lease, drill.jobId);
  }
}

async function noteMissing(
  { jobId, failure: stopped }: CampaignJob,
  { jobId: drill, source }: CampaignDrill,
  { caught }: TaskInput,
  context: TaskContext,
): Promise<void> {
  const failure = caught === undefined ? stopped : failureFrom(caught);
  await context.jobs.append(jobId, {
    at: isoTime(context.clock.now()),
    type: 'drill-not-started',
    once: endOfDrill(drill),
    message: `The drill of ${clusterName(source)} did not begin. ${failure?.message ?? ''}`.trim(),
    data: { job: drill, failure: failure?.name ?? null },
  });
}
