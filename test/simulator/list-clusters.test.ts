import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Practice, PRODUCTION, startPractice } from './practice-client.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

it('lists the dedicated clusters of a project with their tags, and no flex ones', async () => {
  const { status, body } = await practice.call('listClusters', 'GET', `${PRODUCTION}/clusters`);
  expect(status).toBe(200);
  expect(body.totalCount).toBe(4);
  const tags = new Map((body.results ?? []).map((cluster) => [cluster.name, cluster.tags]));
  expect(Object.fromEntries(tags)).toEqual({
    orders: [{ key: 'drill', value: 'weekly' }],
    events: [],
    customers: [{ key: 'drill', value: 'weekly' }],
    stock: [{ key: 'drill', value: 'weekly' }],
  });
});

it('knows no project that is not there', async () => {
  const { status } = await practice.call('listClusters', 'GET', '0123456789abcdef01234567/clusters');
  expect(status).toBe(404);
});
