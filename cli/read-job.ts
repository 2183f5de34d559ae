import { jobOutlook, type JobOutlook } from '../core/commands/job-outlook.ts';
import type { Cli } from './cli.ts';
import { reachRemote } from './reach-remote.ts';
import { nowFor, withJob, type ReadJob } from './with-job.ts';

/** A job that is shown. */
interface ShownJob extends ReadJob {
  /** How long the work in Atlas still takes; absent when there is none. */
  readonly outlook?: JobOutlook | undefined;
}

/**
 * A job and its timeline, from the history of this machine or through the API of `--remote`.
 *
 * @throws JobNotFoundError, LocalHomeError, HistoryUnavailableError, RemoteRefusedError, RemoteFailedError
 */
export async function readJob(cli: Cli, jobId: string): Promise<ShownJob> {
  if (cli.remote === undefined) {
    return withJob(cli, jobId, async ({ job, timeline, history }) => {
      const outlook = await jobOutlook(job, history.jobs);
      return { job, timeline, outlook: outlook?.(nowFor({ job, timeline })) };
    });
  }
  const api = await reachRemote(cli.remote, cli);
  const { outlook, ...job } = await api.job(jobId);
  return { job, timeline: await api.timeline(jobId), outlook };
}
