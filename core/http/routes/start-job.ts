import * as z from 'zod';
import { startJob } from '../../commands/start-job.ts';
import { JobNotFoundError } from '../../jobs/errors.ts';
import type { Job } from '../../jobs/job.ts';
import { MAX_RUNBOOK_BYTES, RunbookTooLongError } from '../../jobs/new-job.ts';
import { defineRoute } from '../define-route.ts';
import type { Caller, HttpHost } from '../host.ts';
import { keepRequest } from '../idempotency.ts';
import { jobAnswer } from '../job-answer.ts';
import { runbookOf } from '../runbook-of-request.ts';
import { jobSchema } from '../schemas/job.ts';
import { runbookRequest, type RunbookRequest } from '../schemas/requests.ts';

const headers = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'is not a key: 1 to 200 visible ASCII characters')
    .meta({
      description: 'Makes it safe to send the request again: the same key and body give the same job',
      examples: ['01KAJ3VZ3T0Q7V6XJ1B9C2D4E5'],
    }),
});

/** `POST /v1/jobs` */
export const startJobRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/jobs',
    operationId: 'startJob',
    summary: 'Start a job',
    description:
      'Starts a job from a runbook, or from one that the host keeps. It answers once the job is written down; follow it with ' +
      'getJob. Sent again with the same Idempotency-Key and body, it gives the same job for seven days.',
    scope: 'operate',
    headers,
    body: runbookRequest,
    answers: {
      201: { description: 'The job was started', schema: jobSchema },
      200: { description: 'The same request came before: its job, as it stands', schema: jobSchema },
    },
    problems: ['runbook-not-found', 'invalid-runbook', 'key-used-before', 'policy-refused', 'frozen'],
  },
  async ({ caller, headers: { 'idempotency-key': key }, body }, host) => {
    const { job, isNew } = await start(caller, key, body, host);
    // Whoever sent this first may have got no further than the record.
    if (job.status === 'PENDING') await host.runWorkflow(job.jobId, job.kind);
    return {
      status: isNew ? 201 : 200,
      body: jobAnswer(job),
      headers: { location: `/v1/jobs/${job.jobId}` },
    };
  },
);

interface Started {
  readonly job: Job;
  readonly isNew: boolean;
}

async function start(caller: Caller, key: string, body: RunbookRequest, host: HttpHost): Promise<Started> {
  const written = await runbookOf(body, host);
  // Before the key is spent: a job would not take it.
  refuseTooLong(written.runbookText);
  const { jobId } = await keepRequest(caller, key, body, host);
  const { policy, atlasUrl, simulation } = host;
  const request = {
    jobId,
    ...written,
    policy,
    atlasUrl,
    ...(simulation !== undefined && { simulation }),
    startedBy: { type: 'http', who: caller.who } as const,
    seed: body.seed ?? host.seed(),
  };
  try {
    return { job: await startJob(request, host.jobs, host.clock), isNew: true };
  } catch (error) {
    const there = await startedBefore(jobId, host);
    if (there === undefined) throw error;
    return { job: there, isNew: false };
  }
}

/** The job that the same request started before; a freeze that came since does not hide it. */
async function startedBefore(jobId: string, { jobs }: HttpHost): Promise<Job | undefined> {
  try {
    return await jobs.get(jobId);
  } catch (error) {
    if (error instanceof JobNotFoundError) return undefined;
    throw error;
  }
}

function refuseTooLong(text: string): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= MAX_RUNBOOK_BYTES) return;
  throw new RunbookTooLongError(
    `The runbook is ${bytes} bytes long; a job takes up to ${MAX_RUNBOOK_BYTES}.`,
    {
      changed: 'Nothing was changed.',
      next: 'Shorten the runbook: comments count too.',
    },
  );
}
