import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, maybeInstant, objectId, slashed } from '../schemas.ts';

const address = slashed(
  z
    .string()
    .regex(
      /^(?:(?:[0-9]{1,3}\.){3}[0-9]{1,3}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:)(?:(?:\/|%2[fF])[0-9]{1,3})?$/,
      'must be an IP address or a CIDR block such as 192.0.2.0/24',
    ),
);

/** An address, or a block of them, that an API key may be used from. */
const accessListEntry = z.looseObject({
  cidrBlock: maybe(z.string()),
  ipAddress: maybe(z.string()),
  /** Requests that came from `lastUsedAddress`. */
  count: maybe(z.number()),
  /** ISO 8601 UTC. */
  created: maybeInstant,
  /** ISO 8601 UTC; absent until the first request comes from here. */
  lastUsed: maybe(z.string()),
  lastUsedAddress: maybe(z.string()),
});

/** API keys of an organization. */
export const apiKeyOperations = {
  /**
   * One entry of an API key's access list. `ipAddress` is an address (IPv4, or IPv6 written in full) or a CIDR block;
   * `apiUserId` is the id of the key, not its public part. The role: Organization Member. 404 when it is not on the list.
   *
   * Doc: return-one-access-list-entry-for-one-organization-api-key.
   */
  getOrgAccessEntry: {
    operationId: 'getOrgAccessEntry',
    method: 'GET',
    path: '/api/atlas/v2/orgs/{orgId}/apiKeys/{apiUserId}/accessList/{ipAddress}',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Organization Member'],
    source: 'return-one-access-list-entry-for-one-organization-api-key',
    shape: 'one',
    params: z.strictObject({ orgId: objectId, apiUserId: objectId, ipAddress: address }),
    reply: accessListEntry,
  },
} satisfies Readonly<Record<string, Operation>>;
