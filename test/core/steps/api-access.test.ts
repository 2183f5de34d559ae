import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiAccess, covers } from '../../../core/steps/api-access.ts';
import { answerOf, ORGANIZATION, stepContext, twoProjects, withAtlas } from './checking.ts';

const KEY = '5e2f1c0a9d3b7a4c8e6f0b02';
const world = twoProjects(
  {},
  {},
  {
    organizations: [
      {
        id: ORGANIZATION,
        apiKeys: [{ id: KEY, accessList: [{ address: '203.0.113.10' }, { address: '192.0.2.0/24' }] }],
      },
    ],
  },
);
const settings = (address: string, apiKey = KEY) =>
  apiAccess.with.parse({ organization: ORGANIZATION, apiKey, address });

describe('api-access', () => {
  it.each(['203.0.113.10', '192.0.2.0/24'])('passes where %s is on the list', async (address) => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(apiAccess, settings(address), stepContext(rehearsal));
      expect(answer.outcome).toBe('done');
      expect(answer.message).toContain(`${address} is on the access list of API key ${KEY}`);
    });
  });

  it('fails where the address is not on the list', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(apiAccess, settings('203.0.113.11'), stepContext(rehearsal));
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('203.0.113.11 is not on the access list');
    });
  });

  it.each(['203.0.113', 'example.org', '2001:DB8::1', '203.0.113.0/24/8'])('does not take %s', (address) => {
    expect(apiAccess.with.safeParse({ organization: ORGANIZATION, apiKey: KEY, address }).success).toBe(
      false,
    );
  });
});

describe('covers', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(octet, octet, octet, octet);
  const number = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0);

  it('agrees with arithmetic on IPv4', () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (block, one, prefix) => {
        const size = 2 ** (32 - prefix);
        const expected = Math.floor(number(block) / size) === Math.floor(number(one) / size);
        expect(covers(`${block.join('.')}/${prefix}`, one.join('.'))).toBe(expected);
      }),
    );
  });

  it('holds an address in itself and in its own smallest block, and no block in an address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        const bits = ip.includes(':') ? 128 : 32;
        expect(covers(ip, ip)).toBe(true);
        expect(covers(`${ip}/${bits}`, ip)).toBe(true);
        expect(covers(ip, `${ip}/${bits - 1}`)).toBe(false);
      }),
    );
  });

  it('does not mix the families, nor take nonsense for a block', () => {
    expect(covers('0.0.0.0/0', '::1')).toBe(false);
    expect(covers('10.0.0.0/33', '10.0.0.1')).toBe(false);
    expect(covers('somewhere', '10.0.0.1')).toBe(false);
  });
});
