import { afterEach, describe, expect, it } from 'vitest';
import { parseFaults } from '../../simulator/faults.ts';
import {
  accessToken,
  type Answer,
  DRILLS,
  http,
  type Practice,
  PRODUCTION,
  startPractice,
} from './practice-client.ts';

const SNAPSHOTS = `/api/atlas/v2/groups/${PRODUCTION}/clusters/orders/backup/snapshots`;
const TAKE = 'takeSnapshots';

let practice: Practice;
afterEach(() => practice.simulator.close());

async function requestWith(rule: Record<string, unknown>): Promise<() => Promise<Answer>> {
  practice = await startPractice({ faults: [{ operation: TAKE, ...rule }] });
  const headers = {
    authorization: `Bearer ${await accessToken(practice.simulator)}`,
    accept: 'application/vnd.atlas.2023-01-01+json',
  };
  return () => http('POST', practice.simulator.baseUrl + SNAPSHOTS, headers, '{}');
}

/** Whether a snapshot was taken, whatever was answered. */
async function wasTaken(): Promise<boolean> {
  const path = SNAPSHOTS.replace('/api/atlas/v2/groups/', '');
  const { body } = await practice.call('listBackupSnapshots', 'GET', path);
  return body.results?.some((snapshot) => snapshot.frequencyType === 'ondemand') ?? false;
}

describe('a fault', () => {
  it('answers with a status and leaves the effect out', async () => {
    const take = await requestWith({ status: 503, retryAfter: 4, count: 1 });
    const answer = await take();
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('4');
    expect(answer.body).toMatchObject({
      error: 503,
      errorCode: 'UNEXPECTED_ERROR',
      reason: 'Service Unavailable',
    });
    expect(await wasTaken()).toBe(false);
    expect((await take()).status).toBe(200);
  });

  it('answers with a status after the effect, with a code of its own', async () => {
    const take = await requestWith({ status: 500, errorCode: 'STRANGE', afterEffect: true });
    expect((await take()).body.errorCode).toBe('STRANGE');
    expect(await wasTaken()).toBe(true);
  });

  it('cuts the connection before the effect', async () => {
    const take = await requestWith({ reset: true });
    await expect(take()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await wasTaken()).toBe(false);
    expect(practice.simulator.requests().find(({ operation }) => operation === TAKE)?.status).toBe(0);
  });

  it('loses the reply after the effect', async () => {
    const take = await requestWith({ lostReply: true });
    await expect(take()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await wasTaken()).toBe(true);
  });

  it('cuts the reply in the middle', async () => {
    const take = await requestWith({ truncate: true });
    await expect(take()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await wasTaken()).toBe(true);
  });

  it('answers nonsense', async () => {
    const answer = await (await requestWith({ nonsense: true }))();
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html');
    expect(answer.text).toContain('<html>');
  });

  it('waits on the clock', async () => {
    const take = await requestWith({ delay: 90 });
    expect((await take()).status).toBe(200);
    expect(practice.clock.sleeps).toEqual([90]);
  });

  it('leaves the first requests alone, and fires so many times', async () => {
    const take = await requestWith({ status: 502, after: 1, count: 2 });
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      statuses.push((await take()).status);
      practice.clock.advance(400);
    }
    expect(statuses).toEqual([200, 502, 502, 200, 200]);
  });

  it('meets every operation with *, sign-in too', async () => {
    practice = await startPractice({ faults: { rules: [{ operation: '*', status: 504, count: 1 }] } });
    expect((await http('POST', `${practice.simulator.baseUrl}/api/oauth/token`)).status).toBe(504);
    const clock = await http('GET', `${practice.simulator.baseUrl}/simulator/clock`);
    expect(clock.status).toBe(200);
    expect((await practice.call('listAlerts', 'GET', `${DRILLS}/alerts`)).status).toBe(200);
  });
});

describe('a faults file', () => {
  it('draws from the seed', () => {
    const drawn = (seed: number): boolean[] => {
      const faults = parseFaults([{ operation: '*', status: 500, probability: 0.3 }], seed);
      return Array.from({ length: 200 }, () => faults.next('getCluster') !== undefined);
    };
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
    const share = drawn(1).filter(Boolean).length / 200;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it('is refused with every mistake', () => {
    const file = [
      { operation: '', status: 200 },
      { operation: '*', retryAfter: 1 },
      { operation: '*', delays: 1 },
    ];
    expect(() => parseFaults(file, 1)).toThrow(
      /0\.operation.*0\.status.*errorCode and retryAfter need a status.*delays/s,
    );
  });
});
