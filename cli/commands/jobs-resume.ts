import { isClosed } from '../../core/commands/is-closed.ts';
import { refuseIfFrozen } from '../../core/jobs/freeze.ts';
import { jobName } from '../../core/jobs/simulated.ts';
import { isCutoverJob, isRestoreJob, type Job } from '../../core/jobs/job.ts';
import { isWriteStopBegun } from '../../core/jobs/write-stop.ts';
import { policyFrom } from '../../local/policy.ts';
import { refuseIfRunning } from '../../local/running-jobs.ts';
import { wallClock } from '../../local/scaled-clock.ts';
import { unfinishedCampaign } from '../../local/unfinished-campaign.ts';
import { askBeforeErasing } from '../ask-before-erasing.ts';
import { refuseAutoApprove } from '../auto-approve.ts';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { finish, runToEnd } from '../run-to-end.ts';
import { sessionOf } from '../session-of-job.ts';
import { tryAtlas } from '../try-atlas.ts';
import { nowFor, withJob } from '../with-job.ts';

/** Options of `jobs resume`. */
export interface ResumeOptions {
  readonly speed?: number;
  readonly autoApprove?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * Goes on with a job whose process stopped; one that has ended only gets what is missing of its end: the last event, the
 * lease given back, people told, the report.
 */
export function resume(cli: Cli, jobId: string, options: ResumeOptions): Promise<number> {
  const { speed, autoApprove, yes, json = false } = options;
  return withJob(cli, jobId, async (record) => {
    const { job, timeline, history } = record;
    const campaign = await unfinishedCampaign(job, history.jobs);
    if (campaign !== undefined) {
      throw new UsageError(
        `Job ${jobName(job)} is a drill of campaign ${campaign}, which goes on with it.`,
        `Go on with: lifeboat jobs resume ${campaign}`,
      );
    }
    if (job.simulation === undefined) refuseAutoApprove(cli, autoApprove);
    if (await isClosed(job, timeline, history.jobs, nowFor(record))) {
      if (!cli.quiet)
        cli.err.line(`Job ${jobName(job)} has ended already: there is nothing to go on with.\n`);
      return finish(job, { cli, history, now: wallClock().now(), json });
    }
    await refuseIfRunning(cli.home, jobId, jobName(job));
    const { policy } = await policyFrom(cli.env);
    if (isStillHarmless(job) && !keepsWritesStopped(job))
      await refuseIfFrozen(history.jobs, `Job ${jobName(job)} was not resumed.`);
    const session = await sessionOf(record, cli, { speed });
    try {
      await tryAtlas(job.runbook, session, cli);
      const simulate = job.simulation !== undefined && job.simulation.seed !== null;
      if (isStillHarmless(job)) await askBeforeErasing(job.runbook, { yes, simulate }, session, cli);
      return await runToEnd(job, { cli, history, session, policy, json, autoApprove });
    } finally {
      await session.close();
    }
  });
}

/**
 * Whether a job that goes on has not asked Atlas yet for what cannot be undone. Whoever resumes it at a terminal is shown what that
 * is; without one it goes on, for it was confirmed when it began.
 */
function isStillHarmless(job: Job): boolean {
  if (job.failure !== undefined || job.cancel !== undefined) return false;
  if (isRestoreJob(job)) return job.restoreIntent === undefined;
  return isCutoverJob(job) && job.cutover.intent === undefined;
}

/** A cutover that has stopped writes has to go on at least to its resumeWrites. */
function keepsWritesStopped(job: Job): boolean {
  return isCutoverJob(job) && isWriteStopBegun(job);
}
