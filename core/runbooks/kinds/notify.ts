import * as z from 'zod';
import { openUrl, secretName } from '../fields.ts';

/** What people may be told of. */
export const NOTICES = [
  'started',
  'approvalWanted',
  'objectiveAtRisk',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type NoticeName = (typeof NOTICES)[number];

const on = z
  .array(z.enum(NOTICES))
  .min(1)
  .default([...NOTICES])
  .describe('What to tell; everything by default');

const webhook = z
  .strictObject({
    url: openUrl.optional().describe('Where the message is posted to'),
    urlSecret: secretName.optional().describe('Name of the secret that holds the address'),
    signingSecret: secretName.optional().describe('Name of the secret that messages are signed with (HMAC)'),
  })
  .refine(({ url, urlSecret }) => (url === undefined) !== (urlSecret === undefined), {
    error: 'needs exactly one of url, urlSecret',
  })
  .describe('An address that takes the message as JSON');

const slack = z
  .strictObject({ urlSecret: secretName.describe('Name of the secret that holds the address') })
  .describe('An incoming webhook of Slack, or of anything that takes the same');

const channel = z.union([z.strictObject({ webhook, on }), z.strictObject({ slack, on })], {
  error: 'needs exactly one of webhook, slack',
});

/** Where messages about the job go. */
export const notify = z
  .array(channel)
  .max(10, 'holds more than 10 channels')
  .default([])
  .describe('Whom to tell how the job goes; a message that does not arrive never fails a job');

/** One channel of `notify`. */
export type NotifyChannel = z.output<typeof channel>;
