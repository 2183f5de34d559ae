import { BlockList, isIP } from 'node:net';
import * as z from 'zod';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { couldNotSee, see, unlessMissing } from './shared/seeing.ts';

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
 * The address that Lifeboat calls Atlas from is on the access list of its API key. An entry for a block that holds the
 * address counts.
 *
 * Doc: return-one-access-list-entry-for-one-organization-api-key.
 */
export const apiAccess: StepKind<ApiAccessWith> = {
  use: 'api-access',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: { getOrgAccessEntry: ['Organization Member'] },
  with: settings,
  params: { organization: 'orgId', apiKey: 'apiUserId', address: 'ipAddress' },
  summary: ({ address, apiKey }) => `Check that ${address} is on the access list of API key ${apiKey}`,
  project: () => undefined,

  async look({ organization, apiKey, address }, { atlas }) {
    const list = `the access list of API key ${apiKey} in organization ${organization}`;
    const found = await see(list, () =>
      unlessMissing(() =>
        atlas.apiKeys.getOrgAccessEntry({ orgId: organization, apiUserId: apiKey, ipAddress: address }),
      ),
    );
    if ('unseen' in found) return couldNotSee(found, `whether ${address} is on it`);
    if (found.seen === undefined) return { outcome: 'failed', message: `${address} is not on ${list}.` };
    const entry = found.seen.cidrBlock ?? found.seen.ipAddress;
    const evidence = { entry: entry ?? null, lastUsed: found.seen.lastUsed ?? null };
    if (entry === undefined || !covers(entry, address)) {
      const message = `Atlas answers with the entry ${entry ?? 'of no address'} for ${address}; whether that is on ${list} is not known.`;
      return { outcome: 'unknown', message, evidence };
    }
    return { outcome: 'done', message: `${address} is on ${list}.`, evidence };
  },
};

/** Whether a block, or an address alone, holds all of another. */
export function covers(entry: string, address: string): boolean {
  const outer = parsed(entry);
  const inner = parsed(address);
  if (outer === undefined || inner?.family !== outer.family || outer.prefix > inner.prefix) return false;
  const block = new BlockList();
  block.addSubnet(outer.address, outer.prefix, outer.family);
  return block.check(inner.address, inner.family);
}

interface Block {
  readonly address: string;
  /** Leading bits that are fixed. */
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function parsed(text: string): Block | undefined {
  const [address = '', length] = text.split('/');
  const version = isIP(address);
  if (version === 0) return undefined;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}
