import { isoTime } from '../../clock.ts';
import { campaignSources } from '../../facts/campaign-sources.ts';
import { campaignDrill } from '../../jobs/campaign-record.ts';
import { begin, end } from '../../jobs/phases.ts';
import { checkCampaign } from '../../runbooks/guards/campaign.ts';
import { advancingTask, forCampaigns, saveJob } from '../define-task.ts';
import { nameProjects } from '../name-projects.ts';
import { stopIfBlocked } from '../stop-if-blocked.ts';
import { toDrills } from './drills-left.ts';

/**
 * Finds out which clusters a campaign drills, and writes that down once: what is tagged later is not in it. Each drill has
 * its job's id from then on.
 *
 * @throws GuardsFailedError
 */
export const listSources = advancingTask(
  forCampaigns(async (job, context) => {
    if (job.campaign.drills !== undefined) return toDrills(job);
    const sources = await campaignSources(job.runbook, context.atlas);
    const guards = checkCampaign(job.runbook, sources);
    const guarded = await saveJob(job, { guards, ...(await nameProjects(job, context)) }, context);
    await stopIfBlocked(guarded, guards, 'campaign', context);
    const seen = 'seen' in sources ? sources.seen : [];
    const drills = seen.map((source) => campaignDrill(job.jobId, job.createdAt, source));
    const now = isoTime(context.clock.now());
    const phases = begin(end(guarded.phases, 'guard', now), 'drills', now);
    return toDrills(await saveJob(guarded, { campaign: { drills }, guardsPassedAt: now, phases }, context));
  }),
);
