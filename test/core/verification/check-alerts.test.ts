import { describe, expect, it } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import type { AtlasAlert } from '../../../core/atlas/resources/alerts.ts';
import { checkAlerts } from '../../../core/verification/check-alerts.ts';
import { DRILLS, drillJob, stepContext, twoProjects, withAtlas } from '../steps/checking.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';

const TARGET = { project: DRILLS, cluster: 'orders-drill' };
const LATER = '2027-01-01T00:00:00Z';
const WORLD = twoProjects(
  {},
  { clusters: [{ name: 'orders-drill' }, { name: 'orders' }, { name: 'spare', kind: 'sharded', shards: 2 }] },
);

/** The same Atlas with these alerts open on the target's project. */
function withAlerts(atlas: AtlasClient, alerts: readonly Partial<AtlasAlert>[]): AtlasClient {
  const all = alerts.map((alert, index) => ({
    id: `alert-${index}`,
    eventTypeName: 'HOST_DOWN',
    status: 'OPEN',
    created: LATER,
    ...alert,
  }));
  const listAlerts = async function* () {
    await Promise.resolve();
    yield* all;
  };
  return { ...atlas, alerts: { ...atlas.alerts, listAlerts } };
}

async function check(rehearsal: Rehearsal, alerts: readonly Partial<AtlasAlert>[]) {
  const { now } = stepContext(rehearsal);
  const job = drillJob(rehearsal);
  const { result } = await checkAlerts({ job, now, atlas: withAlerts(rehearsal.atlas, alerts) }, TARGET);
  return result;
}

/** A process of a cluster as the simulated Atlas lists it. */
async function processOf({ atlas }: Rehearsal, cluster: string, index = 0) {
  const found = [];
  for await (const one of atlas.monitoring.listGroupProcesses({ groupId: DRILLS })) {
    if (one.userAlias?.startsWith(`${cluster}-shard`) === true) found.push(one);
  }
  return found[index]!;
}

describe('checkAlerts', () => {
  it('maps hosts, aliases, replica sets and ids to the target', async () => {
    await withAtlas({ world: WORLD }, async (rehearsal) => {
      const { id, hostname, userAlias, replicaSetName } = await processOf(rehearsal, 'orders-drill', 1);
      const { id: clusterId } = await rehearsal.atlas.clusters.getCluster({
        groupId: DRILLS,
        clusterName: 'orders-drill',
      });
      const alerts: Partial<AtlasAlert>[] = [
        { clusterName: 'orders-drill' },
        { clusterName: 'Orders-Drill' },
        { hostnameAndPort: id },
        { hostnameAndPort: hostname!.toUpperCase() },
        { userAlias },
        { replicaSetName },
        { clusterId },
        { hostnameAndPort: 'orders-drill-shard-00-07.abc12.mongodb.net:27017' },
        { clusterName: 'orders', hostnameAndPort: 'orders-drill-config-00-00.abc12.mongodb.net:27017' },
      ];
      for (const alert of alerts) {
        const result = await check(rehearsal, [alert]);
        expect(result, JSON.stringify(alert)).toMatchObject({ outcome: 'fail', evidence: { opened: 1 } });
      }
    });
  });

  it('passes where every new alert is surely of another cluster', async () => {
    await withAtlas({ world: WORLD }, async (rehearsal) => {
      const orders = await processOf(rehearsal, 'orders');
      const spare = await processOf(rehearsal, 'spare');
      const result = await check(rehearsal, [
        { clusterName: 'orders' },
        { hostnameAndPort: orders.id },
        { userAlias: orders.userAlias },
        { replicaSetName: spare.replicaSetName },
      ]);
      expect(result.outcome).toBe('pass');
    });
  });

  it('is unknown, and names the alerts, where one cannot be mapped or dated', async () => {
    await withAtlas({ world: WORLD }, async (rehearsal) => {
      const alerts: Partial<AtlasAlert>[] = [
        { hostnameAndPort: 'db7.example.com:27017' },
        { replicaSetName: 'atlas-zzzzzz-shard-0' },
        { clusterId: 'ffffffffffffffffffffffff' },
        { eventTypeName: 'DAILY_BILL_OVER_THRESHOLD' },
        { clusterName: '' },
        { clusterName: 'orders-drill', created: undefined },
        { hostnameAndPort: 'db7.example.com:27017', status: 'ASLEEP' },
      ];
      for (const alert of alerts) {
        const result = await check(rehearsal, [alert]);
        expect(result, JSON.stringify(alert)).toMatchObject({ outcome: 'unknown' });
        expect(result.message).toContain('(alert-0)');
      }
    });
  });

  it('does not count what is older than the job, or over', async () => {
    await withAtlas({ world: WORLD }, async (rehearsal) => {
      const old = { hostnameAndPort: 'db7.example.com:27017', created: '2026-08-09T00:00:00Z' };
      const over = { clusterName: 'orders-drill', status: 'CLOSED' };
      expect((await check(rehearsal, [old, over])).outcome).toBe('pass');
      const many = Array.from({ length: 600 }, () => old);
      expect((await check(rehearsal, [...many, { clusterName: 'orders-drill' }])).outcome).toBe('fail');
    });
  });

  it('stays unknown where the processes may not be read', async () => {
    const faults = [{ operation: 'listGroupProcesses', status: 403 }];
    await withAtlas({ world: WORLD, faults }, async (rehearsal) => {
      const replicaSetName = 'atlas-zzzzzz-shard-0';
      expect((await check(rehearsal, [{ replicaSetName }])).outcome).toBe('unknown');
    });
  });
});

describe('the step and the check on the alerts of the simulated Atlas', () => {
  it.each(['HOST_DOWN', 'NO_PRIMARY', 'OUTSIDE_METRIC_THRESHOLD', 'CLUSTER_MONGOS_IS_MISSING'])(
    '%s on the target fails the check, and on another cluster does not',
    async (eventType) => {
      for (const [cluster, outcome] of [
        ['orders-drill', 'fail'],
        ['orders', 'pass'],
      ] as const) {
        await withAtlas({ world: WORLD }, async (rehearsal) => {
          const { now } = stepContext(rehearsal);
          const job = drillJob(rehearsal);
          const body = JSON.stringify({ project: DRILLS, cluster, eventType });
          await fetch(`${rehearsal.simulator.baseUrl}/simulator/alerts`, { method: 'POST', body });
          const { result } = await checkAlerts({ job, now, atlas: rehearsal.atlas }, TARGET);
          expect(result.outcome).toBe(outcome);
        });
      }
    },
  );
});
