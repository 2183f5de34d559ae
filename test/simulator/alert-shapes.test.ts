import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withAtlas, DRILLS, twoProjects } from '../core/steps/checking.ts';

const RECORDED = new URL('../../../shared/atlas/replies/alerts.json', import.meta.url);

interface Reply {
  readonly body: { readonly results?: readonly Readonly<Record<string, unknown>>[] };
}

/** The fields that recorded alerts of a type have, in their order; without those of an alert's later life. */
function recordedFields(eventType: string): string[] {
  const replies = JSON.parse(readFileSync(RECORDED, 'utf8')) as Reply[];
  const alert = replies
    .flatMap(({ body }) => body.results ?? [])
    .find((one) => one.eventTypeName === eventType);
  return Object.keys(alert ?? {}).filter((field) => field !== 'resolved');
}

it.skipIf(!existsSync(RECORDED))('alerts have the fields of recorded ones, in their order', async () => {
  const types = [
    'OUTSIDE_METRIC_THRESHOLD',
    'REPLICATION_OPLOG_WINDOW_RUNNING_OUT',
    'DAILY_BILL_OVER_THRESHOLD',
  ];
  const alerts = types.map((eventType) => ({
    eventType,
    ...(eventType !== 'DAILY_BILL_OVER_THRESHOLD' && { cluster: 'orders-drill' }),
  }));
  await withAtlas({ world: twoProjects({}, { alerts }) }, async ({ atlas }) => {
    const listed = (await atlas.call('listAlerts', { groupId: DRILLS })) as Reply['body'];
    for (const type of types) {
      const alert = listed.results?.find(({ eventTypeName }) => eventTypeName === type);
      expect(Object.keys(alert ?? {}), type).toEqual(recordedFields(type));
    }
  });
});

it('lists the oldest alert first', async () => {
  const alerts = [1, 9, 5].map((ageHours) => ({ cluster: 'orders-drill', ageHours }));
  await withAtlas({ world: twoProjects({}, { alerts }) }, async ({ atlas }) => {
    const listed = (await atlas.call('listAlerts', { groupId: DRILLS })) as Reply['body'];
    const created = listed.results?.map((one) => one.created);
    expect(created).toHaveLength(3);
    expect(created).toEqual([...(created ?? [])].sort());
  });
});
