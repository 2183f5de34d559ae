import type { Cli } from './cli.ts';
import { reachRemote } from './reach-remote.ts';
import { withJob, type ReadJob } from './with-job.ts';

/**
 * A job and its timeline, from the history of this machine or through the API of `--remote`.
 *
 * @throws JobNotFoundError, LocalHomeError, HistoryUnavailableError, RemoteRefusedError, RemoteFailedError
 */
export async function readJob(cli: Cli, jobId: string): Promise<ReadJob> {
  if (cli.remote === undefined) return withJob(cli, jobId, ({ job, timeline }) => ({ job, timeline }));
  const api = await reachRemote(cli.remote, cli);
  return { job: await api.job(jobId), timeline: await api.timeline(jobId) };
}
