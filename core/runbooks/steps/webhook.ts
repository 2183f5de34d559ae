import * as z from 'zod';
import { nameOf } from '../../deliver.ts';
import { openUrl, secretName } from '../fields.ts';
import { STAGES, type StepKind } from './kind.ts';

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

/** A request to a system of your own, which must answer that it is done. */
export const webhookKind = {
  use: 'webhook',
  stages: STAGES.filter((stage) => stage !== 'verify'),
  effect: 'change',
  destroys: false,
  timeout: '10m',
  operations: [],
  with: settings,
  summary: (destination) => `Post to ${nameOf(destination)}`,
  project: () => undefined,
} as const satisfies StepKind<WebhookWith>;
