import { BlockList, isIP } from 'node:net';
import type { ApiAccessWith } from '../runbooks/steps/api-access.ts';
import { couldNotSee, see, unlessMissing } from './seeing.ts';
import type { StepWork } from './step.ts';

/** The address, or its block, is on the access list of the API key. */
export const apiAccess: StepWork<ApiAccessWith> = {
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
