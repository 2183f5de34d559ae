import { describe, expect, it } from 'vitest';
import { OutboundError } from '../../core/outbound.ts';
import { outboundWith, practiceOutbound } from '../../local/outbound.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { startReceiver } from '../support/receiver.ts';

const message = {
  headers: { 'content-type': 'application/json', 'lifeboat-delivery': 'j/w' },
  body: '{"ü":1}',
};

describe('the way to systems of the user', () => {
  it('posts what it is given, byte for byte', async () => {
    const receiver = await startReceiver(() => 204);
    const reply = await outboundWith({}).post({ url: `${receiver.baseUrl}/hook`, ...message });
    expect(reply).toEqual({ status: 204 });
    expect(receiver.posts).toMatchObject([{ path: '/hook', headers: message.headers, body: message.body }]);
  });

  it('follows no redirect: what was signed for one address is not for another', async () => {
    const receiver = await startReceiver(() => 'redirect');
    const reply = await outboundWith({}).post({ url: receiver.baseUrl, ...message });
    expect(reply.status).toBe(302);
    expect(receiver.posts).toHaveLength(1);
  });

  it('says that no answer came, and nothing of the address, which may be secret', async () => {
    const receiver = await startReceiver(() => 'reset');
    const url = `${receiver.baseUrl}/services/T0/hush`;
    const error: unknown = await outboundWith({})
      .post({ url, ...message })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutboundError);
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('hush');
    expect(error).not.toHaveProperty('cause');
  });

  it('knows the secrets of the environment it is given, and no others', async () => {
    const outbound = outboundWith({ LIFEBOAT_HOOK: 'hush' });
    expect(await outbound.secret('LIFEBOAT_HOOK')).toBe('hush');
    expect(await outbound.secret('PATH')).toBeUndefined();
  });
});

describe('the way of a simulated job', () => {
  it('ends in the inbox of its simulator', async () => {
    const real = await startReceiver();
    const simulator = await startSimulator({ clock: manualClock(), seed: 1, speed: 1 });
    try {
      const outbound = practiceOutbound(simulator.baseUrl);
      expect(await outbound.post({ url: `${real.baseUrl}/hook`, ...message })).toMatchObject({ status: 200 });
      expect(real.posts).toEqual([]);
      expect(simulator.inbox()).toEqual([
        {
          at: '2026-08-10T03:00:00.000Z',
          meantFor: `${real.baseUrl}/hook`,
          headers: { 'lifeboat-delivery': 'j/w', 'lifeboat-meant-for': `${real.baseUrl}/hook` },
          body: message.body,
        },
      ]);
      const listed = await fetch(`${simulator.baseUrl}/simulator/inbox`);
      expect(await listed.json()).toEqual(simulator.inbox());
      // An address and a key alike, and nobody's.
      expect(await outbound.secret('LIFEBOAT_SLACK_URL')).toBe('https://practice.invalid/LIFEBOAT_SLACK_URL');
    } finally {
      await simulator.close();
    }
  });
});
