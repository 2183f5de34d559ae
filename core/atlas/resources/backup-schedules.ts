import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, maybe, objectId } from '../schemas.ts';

/** When Atlas takes snapshots of a cluster, and how far back it can restore to any instant. */
const backupSchedule = z.looseObject({
  clusterName: maybe(z.string()),
  /** Days that continuous backup reaches back. */
  restoreWindowDays: maybe(z.number()),
  /** ISO 8601 UTC. */
  nextSnapshot: maybe(z.string()),
});

/** Backup schedules of dedicated clusters. */
export const backupScheduleOperations = {
  /**
   * The backup schedule of a dedicated cluster. The role: Project Read Only.
   *
   * Doc: openapi.json.
   */
  getBackupSchedule: {
    operationId: 'getBackupSchedule',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/schedule',
    version: '2024-08-05',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ groupId: objectId, clusterName }),
    reply: backupSchedule,
  },
} satisfies Readonly<Record<string, Operation>>;
