import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessToken, DRILLS, http, type Practice, PRODUCTION, startPractice } from './practice-client.ts';

const SNAPSHOTS = `${PRODUCTION}/clusters/orders/backup/snapshots`;
const LIST = 'listBackupSnapshots';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice({ speed: 60 });
});
afterAll(() => practice.simulator.close());

describe('media types', () => {
  it('name the version that was asked for', async () => {
    const path = `${DRILLS}/clusters/orders-drill`;
    const now = await practice.call('getCluster', 'GET', path, { version: '2024-08-05' });
    expect(now.headers['content-type']).toBe('application/vnd.atlas.2024-08-05+json;charset=utf-8');
    expect(now.headers).not.toHaveProperty('deprecation');
    const specs = now.body.replicationSpecs as { regionConfigs: { electableSpecs: unknown }[] }[];
    expect(specs[0]?.regionConfigs[0]?.electableSpecs).toMatchObject({ diskSizeGB: 40, instanceSize: 'M30' });
    const before = await practice.call('getCluster', 'GET', path, { version: '2023-02-01' });
    expect(before.headers.deprecation).toBe('Mon, 5 Aug 2024 00:00:00 GMT');
    expect(before.headers.sunset).toBe('Thu, 1 Jul 2027 00:00:00 GMT');
    expect(before.body).toMatchObject({ diskSizeGB: 40, replicationSpecs: [{ numShards: 1 }] });
  });

  it('count shards one by one from 2024-08-05 on', async () => {
    const path = `${DRILLS}/clusters/events-drill`;
    const now = await practice.call('getCluster', 'GET', path, { version: '2024-08-05' });
    expect(now.body).toMatchObject({ clusterType: 'SHARDED', replicationSpecs: [{}, {}, {}] });
    const before = await practice.call('getCluster', 'GET', path, { version: '2023-02-01' });
    expect(before.body).toMatchObject({ replicationSpecs: [{ numShards: 3 }] });
  });

  it.each(['application/json', '*/*', 'application/vnd.atlas.2019-01-01+json', ''])(
    'refuse %j with 406',
    async (accept) => {
      const answer = await practice.call(LIST, 'GET', SNAPSHOTS, { accept });
      expect(answer.body).toMatchObject({ error: 406, errorCode: 'INVALID_VERSION_DATE' });
      expect(answer.headers['content-type']).toBe('application/json');
    },
  );
});

describe('pages', () => {
  it('follow one another until all was seen once', async () => {
    const whole = await practice.call(LIST, 'GET', `${SNAPSHOTS}?itemsPerPage=500`);
    const seen: unknown[] = [];
    let path: string | undefined = `${SNAPSHOTS}?itemsPerPage=7`;
    while (path !== undefined) {
      const { body } = await practice.call(LIST, 'GET', path);
      expect(body.totalCount).toBe(whole.body.totalCount);
      seen.push(...(body.results ?? []));
      const next = body.links?.find((link) => link.rel === 'next')?.href;
      path = next?.replace(`${practice.simulator.baseUrl}/api/atlas/v2/groups/`, '');
    }
    expect(seen).toEqual(whole.body.results);
  });

  it('leave the count out when asked, and are empty past the end', async () => {
    const answer = await practice.call(LIST, 'GET', `${SNAPSHOTS}?includeCount=false&pageNum=99`);
    expect(answer.body).not.toHaveProperty('totalCount');
    expect(answer.body.results).toEqual([]);
  });

  it.each(['itemsPerPage=0', 'itemsPerPage=501', 'pageNum=0', 'pageNum=two'])('refuse %s', async (query) => {
    const answer = await practice.call(LIST, 'GET', `${SNAPSHOTS}?${query}`);
    expect(answer.body.errorCode).toBe('INVALID_QUERY_PARAMETER');
  });
});

describe('what is not understood', () => {
  it('is answered plainly', async () => {
    const base = `${practice.simulator.baseUrl}/api/atlas/v2/groups/${PRODUCTION}`;
    const authorization = `Bearer ${await accessToken(practice.simulator)}`;
    const headers = { authorization, accept: 'application/vnd.atlas.2023-01-01+json' };
    expect((await http('PUT', `${base}/clusters/orders`, headers)).body.errorCode).toBe('METHOD_NOT_ALLOWED');
    const malformed = await http('POST', `${base}/clusters/orders/backup/snapshots`, headers, '{');
    expect(malformed.body.errorCode).toBe('MALFORMED_JSON');
    expect((await http('GET', `${practice.simulator.baseUrl}/api/oauth/token`)).status).toBe(405);
    expect((await http('GET', `${practice.simulator.baseUrl}/simulator/nothing`)).status).toBe(401);
  });
});

describe('practice routes', () => {
  it('tell the clock and the restore jobs without sign-in', async () => {
    const clock = await http('GET', `${practice.simulator.baseUrl}/simulator/clock`);
    expect(clock.body).toEqual({ now: '2026-08-10T03:30:00.000Z', speed: 60 });
    const jobs = await http('GET', `${practice.simulator.baseUrl}/simulator/restoreJobs`);
    expect(jobs.body).toEqual([]);
  });

  it('open an alert, which the project then shows', async () => {
    const url = `${practice.simulator.baseUrl}/simulator/alerts`;
    const wanted = { project: DRILLS, cluster: 'orders-drill', eventType: 'CLUSTER_MONGOS_IS_MISSING' };
    const opened = await http('POST', url, {}, JSON.stringify(wanted));
    expect(opened.status).toBe(201);
    const { body } = await practice.call('listAlerts', 'GET', `${DRILLS}/alerts?status=OPEN`);
    expect(body.results).toMatchObject([
      { id: opened.body.id, clusterName: 'orders-drill', eventTypeName: 'CLUSTER_MONGOS_IS_MISSING' },
    ]);
    const closed = await practice.call('listAlerts', 'GET', `${PRODUCTION}/alerts`);
    expect(closed.body.results).toMatchObject([{ status: 'CLOSED', clusterName: 'events' }]);
    expect((await http('POST', url, {}, '{"project":"short"}')).status).toBe(400);
    expect((await http('POST', url, {}, '{')).status).toBe(400);
  });

  it('filter events by type and time', async () => {
    const path = `${PRODUCTION}/events?itemsPerPage=500`;
    const all = await practice.call('listGroupEvents', 'GET', path);
    const failed = await practice.call('listGroupEvents', 'GET', `${path}&eventType=CPS_SNAPSHOT_FAILED`);
    expect(failed.body.totalCount).toBe(1);
    const others = await practice.call(
      'listGroupEvents',
      'GET',
      `${path}&excludedEventType=CPS_SNAPSHOT_FAILED`,
    );
    expect(others.body.totalCount).toBe(Number(all.body.totalCount) - 1);
    const old = await practice.call('listGroupEvents', 'GET', `${path}&maxDate=2026-08-01T00:00:00Z`);
    expect(old.body.results?.every((event) => String(event.created) < '2026-08-01T00:00:01Z')).toBe(true);
    expect(old.body.totalCount).toBeGreaterThan(0);
  });
});

it('remembers requests, and what it answered', async () => {
  await practice.call(LIST, 'GET', SNAPSHOTS);
  const path = `/api/atlas/v2/groups/${SNAPSHOTS}`;
  expect(practice.simulator.requests().at(-1)).toEqual({ method: 'GET', path, operation: LIST, status: 200 });
});
