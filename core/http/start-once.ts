import * as z from 'zod';
import { recordBreakGlass, startJob } from '../commands/start-job.ts';
import { JobNotFoundError } from '../jobs/errors.ts';
import type { BreakGlass, Job } from '../jobs/job.ts';
import { MAX_RUNBOOK_BYTES, RunbookTooLongError } from '../jobs/new-job.ts';
import type { Caller, HttpHost } from './host.ts';
import { keepRequest } from './idempotency.ts';
import { jobAnswer } from './job-answer.ts';
import type { Answer } from './route.ts';
import type { WrittenRunbook } from './runbook-of-request.ts';
import { jobSchema } from './schemas/job.ts';

/** The headers of a request that starts a job. */
export const startHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, 'is not a key: 1 to 200 visible ASCII characters')
    .meta({
      description: 'Makes it safe to send the request again: the same key and body give the same job',
      examples: ['01KAJ3VZ3T0Q7V6XJ1B9C2D4E5'],
    }),
});

/** What a request that starts a job is answered with. */
export const START_ANSWERS = {
  201: { description: 'The job was started', schema: jobSchema },
  200: { description: 'The same request came before: its job, as it stands', schema: jobSchema },
};

/** A request to start a job, with its runbook as it was read. */
export interface AskedStart extends WrittenRunbook {
  readonly caller: Caller;
  /** The `Idempotency-Key`. */
  readonly key: string;
  /** The whole body: what the key is remembered with. */
  readonly body: { readonly seed?: number | undefined };
  readonly breakGlass?: BreakGlass;
}

/**
 * Starts a job, once for each key of a sender.
 *
 * @throws RunbookTooLongError, RequestRefusedError (`key-used-before`), and what startJob throws.
 */
export async function startOnce(asked: AskedStart, host: HttpHost): Promise<Answer> {
  const { job, isNew } = await start(asked, host);
  // Whoever sent this first may have got no further than the record.
  if (job.status === 'PENDING') await host.runWorkflow(job.jobId, job.kind);
  return {
    status: isNew ? 201 : 200,
    body: jobAnswer(job),
    headers: { location: `/v1/jobs/${job.jobId}` },
  };
}

interface Started {
  readonly job: Job;
  readonly isNew: boolean;
}

async function start({ caller, key, body, ...from }: AskedStart, host: HttpHost): Promise<Started> {
  // Before the key is spent: a job would not take it.
  refuseTooLong(from.runbookText);
  const { jobId } = await keepRequest(caller, key, body, host);
  const { policy, atlasUrl, simulation } = host;
  const request = {
    jobId,
    ...from,
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
    await recordBreakGlass(there, host.jobs);
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
