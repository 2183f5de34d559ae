import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimits } from '../../../core/atlas/rate-limits.ts';
import { clientOf, CLUSTER, CLUSTER_REPLY, json, manualClock, startServer } from './server.ts';

const headers = (limit: number | string, remaining: number | string) => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
});

describe('rate limits', () => {
  it('leave a client alone that has heard nothing, or whose bucket is a tenth full', async () => {
    const clock = manualClock();
    const limits = createRateLimits(clock);
    await limits.turn('listAlerts');
    limits.learn('listAlerts', headers(1200, 120));
    await limits.turn('listAlerts');
    limits.learn('listAlerts', {});
    limits.learn('listAlerts', headers('many', -1));
    await limits.turn('listAlerts');
    expect(clock.sleeps).toEqual([]);
  });

  it('slow down more the emptier the bucket is, each operation for itself', async () => {
    const clock = manualClock();
    const limits = createRateLimits(clock);
    for (const remaining of [119, 60, 12, 1, 0]) {
      limits.learn('listAlerts', headers(1200, remaining));
      await limits.turn('listAlerts');
    }
    expect(clock.sleeps.map(Math.round)).toEqual([50, 100, 500, 6000, 6000]);
    await limits.turn('getCluster');
    expect(clock.sleeps).toHaveLength(5);
  });

  it('space calls that come at the same time', async () => {
    const clock = manualClock();
    const waits: number[] = [];
    const still = {
      now: () => clock.now(),
      sleep: (milliseconds: number) => Promise.resolve(void waits.push(milliseconds)),
    };
    const limits = createRateLimits(still);
    limits.learn('getCluster', headers(1200, 60));
    await Promise.all([1, 2, 3].map(() => limits.turn('getCluster')));
    expect(waits).toEqual([100, 200, 300]);
  });

  it('forget after a minute', async () => {
    const clock = manualClock();
    const limits = createRateLimits(clock);
    limits.learn('getCluster', headers(10, 0));
    clock.advance(60_000);
    await limits.turn('getCluster');
    expect(clock.sleeps).toEqual([]);
  });

  it('never wait longer than a minute, whatever the headers say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 30 }),
        async (limit, remaining, calls) => {
          const clock = manualClock();
          const limits = createRateLimits(clock);
          for (let call = 0; call < calls; call += 1) {
            limits.learn('getCluster', headers(limit, remaining));
            await limits.turn('getCluster');
          }
          expect(Math.max(0, ...clock.sleeps)).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });

  it('keep a client that reads as fast as it may from emptying a bucket', async () => {
    const clock = manualClock();
    const limit = 60;
    let tokens = limit;
    let filledAt = clock.now();
    const server = await startServer((_, response) => {
      tokens = Math.min(limit, tokens + ((clock.now() - filledAt) / 60_000) * limit) - 1;
      filledAt = clock.now();
      if (tokens < 0) json(response, 429, {}, headers(limit, 0));
      else json(response, 200, CLUSTER_REPLY, headers(limit, Math.floor(tokens)));
    });
    const statuses: (number | undefined)[] = [];
    const client = clientOf(server.baseUrl, { clock, onRequest: ({ status }) => statuses.push(status) });
    for (let call = 0; call < 120; call += 1) await client.clusters.getCluster(CLUSTER);
    expect(statuses).not.toContain(429);
  });
});
