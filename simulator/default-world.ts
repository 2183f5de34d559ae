import type { WorldFile } from './world-schema.ts';

/**
 * The world that the simulator starts with: a project in production whose clusters have a month of snapshots, a
 * project for drills whose clusters stand for the good and the bad targets, and a project of another organization.
 * Names and project ids are the same for every seed, because the examples are written with them.
 */
export const DEFAULT_WORLD: WorldFile = {
  projects: [
    {
      id: '5e2f1c0a9d3b7a4c8e6f0a01',
      name: 'production',
      clusters: [
        {
          name: 'orders',
          pointInTime: true,
          scheduledDays: 31,
          snapshots: [
            { ageHours: 99.5, type: 'fallback', frequency: 'daily', description: 'taken the fallback way' },
            { ageHours: 51.5, fails: true, frequency: 'daily' },
          ],
        },
        {
          name: 'events',
          kind: 'sharded',
          shards: 3,
          instanceSize: 'M40',
          diskGB: 80,
          usedGB: 36,
          pointInTime: true,
          scheduledDays: 31,
        },
        { name: 'sessions', kind: 'flex', instanceSize: 'FLEX', diskGB: 5, usedGB: 1.2, scheduledDays: 31 },
      ],
      alerts: [{ cluster: 'events', eventType: 'CLUSTER_MONGOS_IS_MISSING', status: 'CLOSED', ageHours: 70 }],
    },
    {
      id: '5e2f1c0a9d3b7a4c8e6f0a02',
      name: 'drills',
      clusters: [
        { name: 'orders-drill' },
        { name: 'events-drill', kind: 'sharded', shards: 3, instanceSize: 'M40', diskGB: 80 },
        { name: 'sessions-drill', kind: 'flex', instanceSize: 'FLEX', diskGB: 5, usedGB: 0.1 },
        { name: 'small', diskGB: 10, usedGB: 1, instanceSize: 'M10' },
        { name: 'older', version: '7.0.24' },
        { name: 'parked', paused: true },
      ],
    },
    {
      id: '5e2f1c0a9d3b7a4c8e6f0a03',
      name: 'archive',
      organization: '5e2f1c0a9d3b7a4c8e6f0afe',
      clusters: [
        { name: 'orders-archive', version: '7.0.24', legacyBackup: true, scheduledDays: 31 },
        {
          name: 'carts',
          kind: 'serverless',
          instanceSize: 'SERVERLESS',
          diskGB: 5,
          usedGB: 0.4,
          snapshots: [{ id: '5e2f1c0a9d3b7a4c8e6f0ac1', ageHours: 30 }],
        },
      ],
    },
  ],
};
