import { jsonText } from '../visible-text.ts';
import { deliver, nameOf, type Delivered } from '../deliver.ts';
import { isCutoverJob } from '../jobs/job.ts';
import type { WebhookWith } from '../runbooks/steps/webhook.ts';
import type { StepAnswer, StepContext, StepWork } from './step.ts';

/** Seconds until a request that was not taken is made again. */
const AGAIN_SECONDS = 10;

/**
 * Posts to a system of the user's until it answers that it is done, which any status from 200 to 299 says. Every repetition
 * bears the same delivery id. What the system answers beside its status is kept nowhere: it may be secret.
 */
export const webhook: StepWork<WebhookWith> = {
  repeatable: true,
  async send(settings, context) {
    const { job, stage, step, now, outbound } = context;
    const parcel = {
      delivery: `${job.jobId}/${stage}/${step}`,
      body: jsonText(requestOf(settings, context)),
    };
    return answerTo(await deliver(settings, parcel, outbound, Date.parse(now)), nameOf(settings));
  },
};

/** What the receiver is told, version 1. Every key is always there. */
function requestOf({ body }: WebhookWith, { job, stage, step, now, source, target }: StepContext) {
  const { failure, cancel } = job;
  return {
    version: 1,
    type: 'lifeboat.step',
    id: `${job.jobId}/${stage}/${step}`,
    at: now,
    stage,
    step,
    job: {
      id: job.jobId,
      kind: job.kind,
      runbook: job.runbook.name,
      simulated: job.simulation !== undefined,
    },
    source: source ?? null,
    target: target ?? null,
    migration: isCutoverJob(job) ? job.runbook.migration : null,
    failure: failure === undefined ? null : { name: failure.name, message: failure.message },
    cancel: cancel === undefined ? null : { by: cancel.by, reason: cancel.reason },
    body,
  };
}

function answerTo(delivered: Delivered, place: string): StepAnswer {
  const { outcome, status } = delivered;
  const evidence = { receiver: place, ...(status !== undefined && { status }) };
  if (outcome === 'taken') {
    return { outcome: 'done', message: `${place} answered with status ${status}: it is done.`, evidence };
  }
  const message = `${place} ${delivered.reason}.`;
  if (outcome === 'refused') return { outcome: 'failed', message, evidence };
  // A server's error may come after the work was done, and so may silence.
  const isLost = status === undefined || status >= 500 || status === 408;
  return { outcome: 'wait', waitSeconds: AGAIN_SECONDS, message, evidence, ...(isLost && { lost: true }) };
}
