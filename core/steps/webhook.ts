import * as z from 'zod';
import { nameOf, deliver, type Delivered } from '../deliver.ts';
import { openUrl, secretName } from '../runbooks/fields.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import { jsonText } from '../visible-text.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepContext } from './protocol/step-context.ts';
import type { StepKind } from './protocol/step-kind.ts';

const settings = z
  .strictObject({
    url: openUrl.optional().describe('The address that is posted to'),
    urlSecret: secretName.optional().describe('Name of the secret that holds the address'),
    signingSecret: secretName
      .optional()
      .describe('Name of the secret that the request is signed with (HMAC)'),
    body: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Facts of your own for the receiver; nothing secret'),
  })
  .refine(({ url, urlSecret }) => (url === undefined) !== (urlSecret === undefined), {
    error: 'needs exactly one of url, urlSecret',
  });

/** What `with` holds. */
export type WebhookWith = z.output<typeof settings>;

/** Seconds until a request that was not taken is made again. */
const AGAIN_SECONDS = 10;

/**
 * A request to a system of your own, which must answer that it is done. Any status from 200 to 299 says so. Every repetition
 * bears the same delivery id. What the system answers beside its status is kept nowhere: it may be secret.
 */
export const webhook: StepKind<WebhookWith> = {
  use: 'webhook',
  stages: STAGES.filter((stage) => stage !== 'verify'),
  effect: 'change',
  destroys: false,
  timeout: '10m',
  operations: {},
  with: settings,
  summary: (destination) => `Post to ${nameOf(destination)}`,
  project: () => undefined,

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
      runbook: job.runbook,
      simulated: job.simulated,
    },
    source: source ?? null,
    target: target ?? null,
    migration: job.migration ?? null,
    failure: failure ?? null,
    cancel: cancel ?? null,
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
