import * as z from 'zod';
import { MAX_PAGE } from '../../jobs/table/list-jobs.ts';
import type { JobFilter } from '../../jobs/store.ts';
import { isoTime } from '../../clock.ts';
import { jobOutlook } from '../../commands/job-outlook.ts';
import type { JobSummary } from '../../jobs/job.ts';
import { defineRoute } from '../define-route.ts';
import type { HttpHost } from '../host.ts';
import { jobAnswer } from '../job-answer.ts';
import * as field from '../schemas/fields.ts';
import { jobPageSchema, jobSchema, timelineSchema } from '../schemas/job.ts';

/** The path of everything about one job. */
export const oneJob = z.strictObject({ jobId: field.jobId });

const DEFAULT_LIMIT = 20;

const query = z
  .strictObject({
    cluster: field.cluster.optional().describe('Jobs whose source this is'),
    status: field.status.optional(),
    kind: field.kind.optional(),
    limit: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, `is not a whole number from 1 to ${MAX_PAGE}`)
      .refine((text) => Number(text) <= MAX_PAGE, `is more than ${MAX_PAGE}`)
      .optional()
      .meta({
        description: `How many jobs, 1 to ${MAX_PAGE}; ${DEFAULT_LIMIT} by default`,
        examples: ['50'],
      }),
    cursor: z.string().min(1).max(500).optional().describe('Where the page before said that this one begins'),
  })
  .superRefine(({ cluster, status, kind }, context) => {
    const given = Object.entries({ cluster, status, kind }).filter(([, value]) => value !== undefined);
    for (const [name] of given.slice(1)) {
      const message = 'stands beside another filter: a list takes one of cluster, status and kind';
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });

/** `GET /v1/jobs` */
export const listJobsRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/jobs',
    operationId: 'listJobs',
    summary: 'List jobs',
    description: 'Lists jobs, newest first, a page at a time. Takes one of cluster, status and kind.',
    scope: 'read',
    query,
    answers: { 200: { description: 'A page of jobs', schema: jobPageSchema } },
    problems: ['bad-cursor'],
  },
  async ({ query: { limit = String(DEFAULT_LIMIT), cursor, ...filter } }, host) => {
    const page = { limit: Number(limit), ...(cursor !== undefined && { cursor }) };
    const listed = await host.jobs.list(filterOf(filter), page);
    const jobs = await Promise.all(
      listed.jobs.map(async (job) => ({ ...job, ...(await interruptedOf(job, host)) })),
    );
    return { status: 200, body: { ...listed, jobs } };
  },
);

function filterOf({ cluster, status, kind }: Omit<z.output<typeof query>, 'limit' | 'cursor'>): JobFilter {
  if (cluster !== undefined) return { by: 'cluster', cluster };
  if (status !== undefined) return { by: 'status', status };
  return kind === undefined ? { by: 'all' } : { by: 'kind', kind };
}

/** Marks a job that nothing works on. */
async function interruptedOf(
  job: Pick<JobSummary, 'jobId' | 'status'>,
  host: HttpHost,
): Promise<Pick<JobSummary, 'interrupted'>> {
  return (await host.isInterrupted?.(job)) === true ? { interrupted: true } : {};
}

/** `GET /v1/jobs/{jobId}` */
export const getJobRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/jobs/{jobId}',
    operationId: 'getJob',
    summary: 'Look at a job',
    description:
      'Gives everything that is known of a job, and how long its work in Atlas is likely to take yet.',
    scope: 'read',
    params: oneJob,
    answers: { 200: { description: 'The job', schema: jobSchema } },
    problems: ['job-not-found'],
  },
  async ({ params: { jobId } }, host) => {
    const { jobs, clock } = host;
    const job = await jobs.get(jobId);
    const mark = await interruptedOf(job, host);
    // Nobody polls Atlas for an interrupted job, so what earlier work took says nothing about when it ends.
    const outlook = mark.interrupted === true ? undefined : await jobOutlook(job, jobs);
    return { status: 200, body: { ...jobAnswer(job), ...mark, outlook: outlook?.(isoTime(clock.now())) } };
  },
);

/** `GET /v1/jobs/{jobId}/timeline` */
export const getTimelineRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/jobs/{jobId}/timeline',
    operationId: 'getTimeline',
    summary: 'Read the timeline of a job',
    description:
      'Gives every event of a job, oldest first. Each names the hash of the one before, so whoever reads them can tell that ' +
      'none was changed.',
    scope: 'read',
    params: oneJob,
    answers: { 200: { description: 'The timeline', schema: timelineSchema } },
    problems: ['job-not-found'],
  },
  async ({ params: { jobId } }, { jobs }) => {
    // A job that is not there has no timeline either, and that is another answer than an empty one.
    await jobs.get(jobId);
    return { status: 200, body: { jobId, events: await jobs.timeline(jobId) } };
  },
);
