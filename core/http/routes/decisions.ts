import { cancelJob } from '../../commands/cancel-job.ts';
import { decideJob } from '../../commands/decide-job.ts';
import { JobNotFoundError } from '../../jobs/errors.ts';
import { isCampaignJob, type Job } from '../../jobs/job.ts';
import { defineRoute } from '../define-route.ts';
import type { HttpHost } from '../host.ts';
import { jobAnswer } from '../job-answer.ts';
import { jobSchema } from '../schemas/job.ts';
import { cancelRequest, decisionRequest } from '../schemas/requests.ts';
import type { Route } from '../route.ts';
import { oneJob } from './jobs.ts';

const CHANGED_JOB = { description: 'The job, with what was said of it', schema: jobSchema };

/** `POST /v1/jobs/{jobId}/approve` */
export const approveJobRoute = decisionRoute('approve', {
  summary: 'Approve what a job asks for',
  description:
    'Approves what a job asks people for; it goes on once enough of them have. Whoever started the job can not approve it.',
});

/** `POST /v1/jobs/{jobId}/reject` */
export const rejectJobRoute = decisionRoute('reject', {
  summary: 'Say no to what a job asks for',
  description:
    'Says no to what a job asks people for. One no is enough: the job fails before it has done what it asked for.',
});

function decisionRoute(
  decision: 'approve' | 'reject',
  texts: { readonly summary: string; readonly description: string },
): Route {
  return defineRoute(
    {
      method: 'POST',
      path: `/v1/jobs/{jobId}/${decision}`,
      operationId: `${decision}Job`,
      ...texts,
      scope: 'approve',
      params: oneJob,
      body: decisionRequest,
      answers: { 200: CHANGED_JOB },
      problems: ['job-not-found', 'approval-refused', 'job-changed'],
    },
    async ({ caller, params: { jobId }, body: { reason, plan } }, host) => {
      const by = { type: 'http', who: caller.who } as const;
      const job = await decideJob(jobId, { decision, by, reason, plan }, host.jobs, host.clock);
      await host.wake(job);
      return { status: 200, body: jobAnswer(job) };
    },
  );
}

/** `POST /v1/jobs/{jobId}/cancel` */
export const cancelJobRoute = defineRoute(
  {
    method: 'POST',
    path: '/v1/jobs/{jobId}/cancel',
    operationId: 'cancelJob',
    summary: 'Cancel a job',
    description:
      'Asks a job to stop. Its next step sees it, cancels in Atlas what Atlas lets be cancelled (downloads; a restore onto a ' +
      'cluster goes on) and closes the job. Asked again, the first request stands.',
    scope: 'operate',
    params: oneJob,
    body: cancelRequest,
    answers: { 200: { ...CHANGED_JOB, description: 'The job, which will stop at its next step' } },
    problems: ['job-not-found', 'job-ended', 'job-changed'],
  },
  async ({ caller, params: { jobId }, body: { reason } }, host) => {
    const job = await cancelJob(jobId, { by: caller.who, reason }, host.jobs, host.clock);
    await host.wake(job);
    await wakeDrills(job, host);
    return { status: 200, body: jobAnswer(job) };
  },
);

/** With a campaign its drills were cancelled, of which some may wait for people. */
async function wakeDrills(job: Job, host: HttpHost): Promise<void> {
  for (const { jobId } of isCampaignJob(job) ? (job.campaign.drills ?? []) : []) {
    try {
      await host.wake(await host.jobs.get(jobId));
    } catch (error) {
      // It has not begun.
      if (!(error instanceof JobNotFoundError)) throw error;
    }
  }
}
