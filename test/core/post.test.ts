import type { lookup as systemLookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../core/deliver.ts';
import { OutboundRefusedError } from '../../core/outbound.ts';
import type { Reach } from '../../core/outbound-address.ts';
import { postWith } from '../../core/post.ts';
import { startReceiver } from '../support/receiver.ts';

const message = { headers: { 'content-type': 'application/json' }, body: '{}' };

/** A resolver that knows one answer for every name. */
function resolvingTo(...addresses: readonly string[]): typeof systemLookup {
  const answer = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  return ((_name: string, _options: object, callback: (error: null, found: typeof answer) => void) => {
    callback(null, answer);
  }) as unknown as typeof systemLookup;
}

const postTo = (url: string, reach: Reach, ...addresses: readonly string[]) =>
  postWith(reach, resolvingTo(...addresses))({ url, ...message });

describe('a post', () => {
  it.each([
    'http://127.0.0.1:9/',
    'http://[::1]:9/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::ffff:169.254.169.254]/',
    'https://[fd00:ec2::254]/',
    'https://10.0.0.1/',
  ])('on AWS goes not to %s', async (url) => {
    await expect(postTo(url, 'internet')).rejects.toBeInstanceOf(OutboundRefusedError);
  });

  it.each(['127.0.0.1', '::1', '10.1.2.3', '169.254.169.254', 'fc00::1', '::ffff:127.0.0.1'])(
    'on AWS goes to no name that resolves to %s, nor to that and a public address',
    async (address) => {
      for (const all of [[address], ['8.8.8.8', address]])
        await expect(postTo('https://ops.example.com/', 'internet', ...all)).rejects.toBeInstanceOf(
          OutboundRefusedError,
        );
    },
  );

  it('goes to the metadata service from nowhere', async () => {
    for (const reach of ['internet-and-loopback', 'networks'] as const) {
      await expect(postTo('http://169.254.169.254/', reach)).rejects.toBeInstanceOf(OutboundRefusedError);
      await expect(postTo('http://metadata/', reach, '169.254.169.254')).rejects.toBeInstanceOf(
        OutboundRefusedError,
      );
    }
  });

  it('is connected to the address that was checked', async () => {
    const receiver = await startReceiver(() => 204);
    const { port } = new URL(receiver.baseUrl);
    const reply = await postTo(`http://ops.example.com:${port}/hook`, 'networks', '127.0.0.1');
    expect(reply).toEqual({ status: 204 });
    expect(receiver.posts).toMatchObject([{ path: '/hook', body: '{}' }]);
  });

  it('that may not be made is refused for good, and the reason names no address', async () => {
    const outbound = { post: postWith('internet'), secret: () => Promise.resolve(undefined) };
    const parcel = { delivery: 'j/w', body: '{}' };
    const delivered = await deliver({ url: 'http://127.0.0.1:9/hush' }, parcel, outbound, 0);
    expect(delivered).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(delivered)).not.toMatch(/hush|127/);
  });
});
