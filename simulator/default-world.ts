import {
  DRILLS_SETTINGS,
  FEDERATION,
  ORGANIZATION,
  PLATFORM_SETTINGS,
  PRODUCTION_SETTINGS,
} from './default-settings.ts';
import { PRACTICE_IDS } from './practice-ids.ts';
import type { WorldFile } from './world-schema.ts';

/** What the orders are in: the source, and what a drill of it has to find in the target. */
const ORDERS_DATABASES = [
  { name: 'shop', collections: 12, views: 2, indexes: 31, objects: 4_200_000, objectBytes: 910 },
  { name: 'reporting', collections: 4, views: 3, indexes: 9, objects: 310_000, objectBytes: 2300 },
];
/** What an earlier drill left behind. */
const EARLIER_DATABASES = [
  {
    name: 'shop',
    collections: 11,
    views: 2,
    indexes: 28,
    objects: 3_100_000,
    objectBytes: 880,
    growthPerDay: 0,
  },
];
const EVENTS_DATABASES = [
  { name: 'tracking', collections: 6, views: 0, indexes: 14, objects: 31_000_000, objectBytes: 640 },
];

/** The tag of the clusters that are drilled together. */
const DRILLED_WEEKLY = { key: 'drill', value: 'weekly' };

/**
 * The world that the simulator starts with: a project in production whose clusters have a month of snapshots, a
 * project for drills whose clusters stand for the good and the bad targets, a project that production moves into, and a project
 * of another organization.
 * Names, and the ids of practice-ids.ts, are the same for every seed, because the examples are written with them.
 */
export const DEFAULT_WORLD: WorldFile = {
  projects: [
    {
      id: PRACTICE_IDS.productionId,
      name: 'production',
      ...PRODUCTION_SETTINGS,
      clusters: [
        {
          name: 'orders',
          pointInTime: true,
          scheduledDays: 31,
          tags: [DRILLED_WEEKLY],
          databases: ORDERS_DATABASES,
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
          databases: EVENTS_DATABASES,
        },
        { name: 'sessions', kind: 'flex', instanceSize: 'FLEX', diskGB: 5, usedGB: 1.2, scheduledDays: 31 },
        { name: 'customers', usedGB: 9, scheduledDays: 31, tags: [DRILLED_WEEKLY] },
        { name: 'stock', usedGB: 4, scheduledDays: 31, tags: [DRILLED_WEEKLY] },
      ],
      alerts: [{ cluster: 'events', eventType: 'CLUSTER_MONGOS_IS_MISSING', status: 'CLOSED', ageHours: 70 }],
    },
    {
      id: PRACTICE_IDS.drillsId,
      name: 'drills',
      ...DRILLS_SETTINGS,
      clusters: [
        { name: 'orders-drill', databases: EARLIER_DATABASES, searchNodes: {} },
        { name: 'events-drill', kind: 'sharded', shards: 3, instanceSize: 'M40', diskGB: 80 },
        { name: 'sessions-drill', kind: 'flex', instanceSize: 'FLEX', diskGB: 5, usedGB: 0.1 },
        { name: 'small', diskGB: 10, usedGB: 1, instanceSize: 'M10' },
        { name: 'older', version: '7.0.24' },
        { name: 'parked', paused: true },
        { name: 'spare' },
      ],
    },
    {
      id: PRACTICE_IDS.platformId,
      name: 'platform',
      ...PLATFORM_SETTINGS,
      clusters: [{ name: 'orders', ageDays: 3, scheduledDays: 3, pointInTime: true }],
    },
    {
      id: PRACTICE_IDS.archiveId,
      name: 'archive',
      organization: PRACTICE_IDS.otherOrgId,
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
  organizations: [ORGANIZATION],
  federations: [FEDERATION],
};
