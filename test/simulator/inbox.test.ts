import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import { manualClock } from '../support/manual-clock.ts';
import { http } from './practice-client.ts';

async function open(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ clock: manualClock(), seed: 1, speed: 1, ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

function post({ baseUrl }: Simulator, delivery: string) {
  return http('POST', `${baseUrl}/simulator/inbox`, { 'Lifeboat-Delivery': delivery }, '{"not": JSON');
}

describe('the inbox', () => {
  it('takes whatever is posted to it, in order, without a sign-in', async () => {
    const simulator = await open();
    expect((await post(simulator, 'one')).status).toBe(200);
    expect((await post(simulator, 'two')).status).toBe(200);
    const { text } = await http('GET', `${simulator.baseUrl}/simulator/inbox`);
    expect(JSON.parse(text)).toEqual([
      {
        at: '2026-08-10T03:00:00.000Z',
        meantFor: null,
        headers: { 'lifeboat-delivery': 'one' },
        body: '{"not": JSON',
      },
      {
        at: '2026-08-10T03:00:00.000Z',
        meantFor: null,
        headers: { 'lifeboat-delivery': 'two' },
        body: '{"not": JSON',
      },
    ]);
  });

  it('has faults of its own, and none of those of the API', async () => {
    const faults = [
      { operation: '*', status: 503 },
      { operation: 'inbox', status: 500, count: 1 },
      { operation: 'inbox', lostReply: true, count: 1 },
    ];
    const simulator = await open({ faults });
    expect((await post(simulator, 'refused')).status).toBe(500);
    expect(simulator.inbox()).toEqual([]);
    await expect(post(simulator, 'lost')).rejects.toThrow();
    expect((await post(simulator, 'taken')).status).toBe(200);
    expect(simulator.inbox().map(({ headers }) => headers['lifeboat-delivery'])).toEqual(['lost', 'taken']);
  });

  it('is there again in the next process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeboat-inbox-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const statePath = join(folder, 'state.json');
    const first = await startSimulator({ clock: manualClock(), seed: 1, speed: 1, statePath });
    await post(first, 'kept');
    await first.close();
    const second = await open({ statePath });
    expect(second.inbox().map(({ headers }) => headers['lifeboat-delivery'])).toEqual(['kept']);
  });
});
