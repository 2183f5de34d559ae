import { expect, it } from 'vitest';
import type { OutboundRequest } from '../../../core/outbound.ts';
import { OutboundError } from '../../../core/outbound.ts';
import { parsePolicy } from '../../../core/policy/parse-policy.ts';
import { openPracticeApi, somebody } from './practice-host.ts';

const POLICY = `notify:
  - webhook: { url: https://ops.example.com/hook }
    on: [failed]
  - webhook: { url: https://audit.example.com/hook }
    on: [succeeded]
`;

/** An API whose posts are kept instead of sent. */
async function open(status: (url: string) => number = () => 200) {
  const posted: OutboundRequest[] = [];
  const outbound = {
    post(request: OutboundRequest) {
      posted.push(request);
      const answered = status(request.url);
      return answered === 0
        ? Promise.reject(new OutboundError('because nobody answered'))
        : Promise.resolve({ status: answered });
    },
    secret: () => Promise.resolve(undefined),
  };
  const api = await openPracticeApi({ outbound, policy: parsePolicy(POLICY, 'policy.yaml').policy });
  const send = (act: 'freeze' | 'unfreeze') =>
    api.send('POST', `/v1/${act}`, { body: { reason: 'an incident' }, as: somebody('anna', 'operate') });
  return { api, posted, send };
}

it('a freeze and an unfreeze reach every channel of the policy once, whatever its `on` says', async () => {
  const { posted, send } = await open();
  expect((await send('freeze')).status).toBe(200);
  expect((await send('unfreeze')).status).toBe(200);
  const told = posted.map(({ url, body }) => {
    const { type, by, reason } = JSON.parse(body) as Record<string, unknown>;
    return { url, type, by, reason };
  });
  const message = (host: string, act: string) => ({
    url: `https://${host}.example.com/hook`,
    type: `lifeboat.freeze.${act}`,
    by: 'anna',
    reason: 'an incident',
  });
  expect(told).toEqual([
    message('ops', 'frozen'),
    message('audit', 'frozen'),
    message('ops', 'unfrozen'),
    message('audit', 'unfrozen'),
  ]);
});

it('a channel that does not answer neither stops the freeze nor the other channel', async () => {
  const { api, posted, send } = await open((url) => (url.includes('ops') ? 0 : 200));
  expect(await (await send('freeze')).json()).toMatchObject({ frozen: true });
  expect(posted.filter(({ url }) => url.includes('audit'))).toHaveLength(1);
  expect(posted.filter(({ url }) => url.includes('ops'))).toHaveLength(2);
  expect(await (await api.send('GET', '/v1/freeze')).json()).toMatchObject({ frozen: true });
});

it('an unfreeze of what is not frozen notifies nobody', async () => {
  const { posted, send } = await open();
  expect((await send('unfreeze')).status).toBe(200);
  expect(posted).toEqual([]);
});
