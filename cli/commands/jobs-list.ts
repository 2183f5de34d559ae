import { jsonText } from '../../core/visible-text.ts';
import { standingFreeze, type Freeze } from '../../core/jobs/freeze.ts';
import type { Job, JobSummary } from '../../core/jobs/job.ts';
import type { JobStatus } from '../../core/jobs/status.ts';
import type { JobFilter, JobPage, JobStore } from '../../core/jobs/store.ts';
import { openHistory } from '../../local/history.ts';
import { isInterrupted } from '../../local/running-jobs.ts';
import type { Cli } from '../cli.ts';
import { UsageError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';
import { jobTable } from '../output/job-table.ts';
import { tellFrozen } from '../tell-frozen.ts';
import { reachRemote } from '../reach-remote.ts';

/** Options of `jobs list`. */
export interface ListOptions {
  readonly cluster?: string;
  readonly status?: JobStatus;
  readonly kind?: Job['kind'];
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: boolean;
}

/** Lists a page of jobs, newest first. */
export async function listJobs(cli: Cli, options: ListOptions): Promise<number> {
  const filter = filterOf(options);
  const { limit, cursor } = options;
  const { page, freeze } = await read(cli, filter, { limit, ...(cursor !== undefined && { cursor }) });
  if (options.json) cli.out.line(jsonText({ ...page, frozen: freeze !== undefined }, 2));
  else print(cli, page, options);
  if (freeze !== undefined) tellFrozen(cli, freeze);
  return page.damaged === undefined ? EXIT.done : EXIT.failed;
}

interface Read {
  readonly page: JobPage;
  readonly freeze: Freeze | undefined;
}

async function read(cli: Cli, filter: JobFilter, page: Parameters<JobStore['list']>[1]): Promise<Read> {
  const { home, remote } = cli;
  if (remote !== undefined) {
    const api = await reachRemote(remote, cli);
    const listed = await api.list(filter, page);
    return { page: listed, freeze: standingFreeze({ version: 0, entries: (await api.freezes()).log }) };
  }
  const history = await openHistory(home);
  try {
    const listed = await history.jobs.list(filter, page);
    const jobs = await Promise.all(listed.jobs.map((job) => marked(job, home)));
    return { page: { ...listed, jobs }, freeze: standingFreeze(await history.jobs.freezes()) };
  } finally {
    await history.close();
  }
}

/** A job, marked where no process works on it any more. */
async function marked(job: JobSummary, home: string): Promise<JobSummary> {
  return (await isInterrupted(home, job)) ? { ...job, interrupted: true } : job;
}

function filterOf({ cluster, status, kind }: ListOptions): JobFilter {
  if (cluster !== undefined) return { by: 'cluster', cluster: checked(cluster) };
  if (status !== undefined) return { by: 'status', status };
  return kind === undefined ? { by: 'all' } : { by: 'kind', kind };
}

function checked(cluster: string): string {
  if (/^[a-f0-9]{24}\/[a-zA-Z0-9-]+$/.test(cluster)) return cluster;
  throw new UsageError(
    `--cluster ${cluster} is not PROJECT/CLUSTER.`,
    'Write the id of the project and the name of the source cluster, such as 5e2f1c0a9d3b7a4c8e6f0a01/orders.',
  );
}

function print(
  { out, err, quiet }: Cli,
  { jobs, damaged = [], cursor }: JobPage,
  options: ListOptions,
): void {
  if (jobs.length > 0) out.line(jobTable(jobs, out.width, out.colors).join('\n'));
  for (const jobId of damaged) {
    err.line(
      `${err.colors.red('✗')} Job ${jobId} is damaged in this list: it is not as Lifeboat wrote it. Restore the history from a backup.`,
    );
  }
  if (quiet) return;
  if (jobs.length + damaged.length === 0) err.line(emptiness(options));
  const interrupted = jobs.filter((job) => job.interrupted === true);
  if (interrupted.length > 0) err.line('\nNo process works on an interrupted job. Resume it with:');
  for (const { jobId } of interrupted) err.line(`  lifeboat jobs resume ${jobId}`);
  if (cursor !== undefined) {
    err.line(`\nThere are more. The next page: lifeboat jobs list ${repeated(options)}--cursor ${cursor}`);
  }
}

function emptiness({ cluster, status, kind, cursor }: ListOptions): string {
  if (cursor !== undefined) return 'No more jobs.';
  const filtered = cluster !== undefined || status !== undefined || kind !== undefined;
  return filtered ? 'No such jobs.' : 'No jobs yet. See one happen with: lifeboat run RUNBOOK --simulate';
}

/** The options that the next page needs as well: a cursor is good for its own list only. */
function repeated({ cluster, status, kind, limit }: ListOptions): string {
  const options = { cluster, status, kind, limit };
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `--${name} ${value} `)
    .join('');
}
