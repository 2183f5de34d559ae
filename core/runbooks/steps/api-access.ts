import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

/** From return-one-access-list-entry-for-one-organization-api-key; a block is written with a slash. */
const ADDRESS =
  /^(([0-9]{1,3}\.){3}[0-9]{1,3}|([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|([0-9a-f]{1,4}:){1,6}:)(\/[0-9]{1,3})?$/;

const settings = z.strictObject({
  organization: idField('organization'),
  apiKey: idField('API key'),
  address: z
    .string()
    .regex(
      ADDRESS,
      'is not an address as Atlas takes it: IPv4, or IPv6 in eight groups and small letters; a block ends in /24 or the like',
    )
    .meta({
      description: 'The address that Lifeboat calls from, or the block that stands for it on the list',
      examples: ['203.0.113.10', '203.0.113.0/24'],
    }),
});

/** What `with` holds. */
export type ApiAccessWith = z.output<typeof settings>;

/**
 * The address that Lifeboat calls Atlas from is on the access list of its API key
 * (return-one-access-list-entry-for-one-organization-api-key).
 */
export const apiAccessKind = {
  use: 'api-access',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: ['getOrgAccessEntry'],
  with: settings,
  summary: ({ address, apiKey }) => `Check that ${address} is on the access list of API key ${apiKey}`,
  project: () => undefined,
} as const satisfies StepKind<ApiAccessWith>;
