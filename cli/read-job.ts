import { jobOutlook, type JobOutlook } from '../core/commands/job-outlook.ts';
import { isInterrupted } from '../local/running-jobs.ts';
import type { Cli } from './cli.ts';
import { reachRemote } from './reach-remote.ts';
import { nowFor, withJob, type ReadJob } from './with-job.ts';

/** A job that is shown. */
interface ShownJob extends ReadJob {
  /** How long the work in Atlas still takes; absent when there is none. */
  readonly outlook?: JobOutlook | undefined;
  /** No process of this machine works on it, and it has not ended. */
  readonly interrupted: boolean;
}

/**
 * A job and its timeline, from the history of this machine or through the API of `--remote`.
 *
 * @throws JobNotFoundError, LocalHomeError, HistoryUnavailableError, RemoteRefusedError, RemoteFailedError
 */
export async function readJob(cli: Cli, jobId: string): Promise<ShownJob> {
  if (cli.remote === undefined) {
    return withJob(cli, jobId, async ({ job, timeline, history }) => {
      // Nobody polls Atlas for an interrupted job, so what earlier work took says nothing about when it ends.
      if (await isInterrupted(cli.home, job)) return { job, timeline, interrupted: true };
      const outlook = await jobOutlook(job, history.jobs);
      return { job, timeline, outlook: outlook?.(nowFor({ job, timeline })), interrupted: false };
    });
  }
  const api = await reachRemote(cli.remote, cli);
  const { outlook, interrupted = false, ...job } = await api.job(jobId);
  return { job, timeline: await api.timeline(jobId), outlook, interrupted };
}
