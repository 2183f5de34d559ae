import type { Cli } from './cli.ts';
import { withJob, type ReadJob } from './with-job.ts';

/**
 * A job and its timeline, from the history of this machine or through the API of `--remote`.
 *
 * @throws JobNotFoundError, LocalHomeError, HistoryUnavailableError, RemoteRefusedError, RemoteFailedError
 */
export async function readJob(cli: Cli, jobId: string): Promise<ReadJob> {
  if (cli.remote === undefined) return withJob(cli, jobId, ({ job, timeline }) => ({ job, timeline }));
  const api = await (await import('./remote/remote-api.ts')).remoteApi(cli.remote, cli);
  return { job: await api.job(jobId), timeline: await api.timeline(jobId) };
}
