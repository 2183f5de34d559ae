import type { JobOutlook } from '../../core/commands/job-outlook.ts';
import type { Plan } from '../../core/commands/plan-job.ts';
import type { RunbookRequest } from '../../core/http/schemas/requests.ts';
import { planSchema, reportSchema } from '../../core/http/schemas/answers.ts';
import { jobPageSchema, jobSchema, timelineSchema } from '../../core/http/schemas/job.ts';
import { freezeSchema } from '../../core/http/schemas/freeze.ts';
import type { FreezeEntry } from '../../core/jobs/freeze.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { JobFilter, JobPage } from '../../core/jobs/store.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Report } from '../../core/report/report.ts';
import type { Cli, Remote } from '../cli.ts';
import { openLine, type Order } from './send.ts';

/** A job as it is told: with the outlook on what Atlas does for it now. */
export type ToldJob = Job & { readonly outlook?: JobOutlook; readonly interrupted?: true };

/** Jobs and what is done with them, through the API of `--remote`. Everything throws RemoteRefusedError and RemoteFailedError. */
export interface RemoteApi {
  /** @param key under which sending it again starts nothing again. */
  start(request: RunbookRequest, key: string): Promise<Job>;
  plan(request: RunbookRequest): Promise<Plan>;
  list(
    filter: JobFilter,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<JobPage>;
  job(jobId: string): Promise<ToldJob>;
  timeline(jobId: string): Promise<readonly TimelineEvent[]>;
  report(jobId: string): Promise<Report>;
  /** HTML. */
  reportPage(jobId: string): Promise<string>;
  decide(
    jobId: string,
    decision: 'approve' | 'reject',
    said: { readonly reason: string; readonly plan: string },
  ): Promise<Job>;
  cancel(jobId: string, reason: string): Promise<Job>;
  freezes(): Promise<FreezeAnswer>;
  freeze(act: FreezeEntry['act'], reason: string | null): Promise<FreezeAnswer>;
}

/** Whether the installation there is frozen. */
export interface FreezeAnswer {
  readonly frozen: boolean;
  readonly log: readonly FreezeEntry[];
}

const get = (path: string): Order => ({ method: 'GET', path, repeatable: true });
const post = (path: string, body: unknown, repeatable: boolean): Order => ({
  method: 'POST',
  path,
  body,
  repeatable,
});

/**
 * The API of `--remote`. Nothing is sent yet.
 *
 * @throws UsageError when the address is none, or there is nothing to prove who asks.
 */
export async function remoteApi(remote: Remote, cli: Cli): Promise<RemoteApi> {
  const line = await openLine(remote, cli);
  return {
    start: (request, key) =>
      line.json({ ...post('/v1/jobs', request, true), headers: { 'idempotency-key': key } }, jobSchema),
    plan: (request) => line.json(post('/v1/plans', request, true), planSchema),
    list: (filter, page) => line.json(get(`/v1/jobs?${queryOf(filter, page).toString()}`), jobPageSchema),
    job: (jobId) => line.json(get(pathOf(jobId)), jobSchema),
    async timeline(jobId) {
      const { events } = await line.json<{ readonly events: readonly TimelineEvent[] }>(
        get(pathOf(jobId, '/timeline')),
        timelineSchema,
      );
      return events;
    },
    report: (jobId) => line.json(get(pathOf(jobId, '/report')), reportSchema),
    reportPage: (jobId) => line.text(get(pathOf(jobId, '/report.html'))),
    // Said twice, the second is refused although the first counts.
    decide: (jobId, decision, said) => line.json(post(pathOf(jobId, `/${decision}`), said, false), jobSchema),
    freezes: () => line.json(get('/v1/freeze'), freezeSchema),
    freeze: (act, reason) =>
      line.json(post(`/v1/${act}`, reason === null ? {} : { reason }, false), freezeSchema),
    cancel: (jobId, reason) => line.json(post(pathOf(jobId, '/cancel'), { reason }, true), jobSchema),
  };
}

function pathOf(jobId: string, part = ''): string {
  return `/v1/jobs/${encodeURIComponent(jobId)}${part}`;
}

function queryOf(
  { by, ...value }: JobFilter,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): URLSearchParams {
  const query = { limit: String(limit), ...(by !== 'all' && value), ...(cursor !== undefined && { cursor }) };
  return new URLSearchParams(query);
}
