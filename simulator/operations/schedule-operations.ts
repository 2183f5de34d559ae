import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { clusterOf, LOOK, type Operation } from './operation.ts';

/** Backup schedules of dedicated clusters. */
export const SCHEDULE_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'getBackupSchedule',
    path: '/clusters/{clusterName}/backup/schedule',
    versions: ['2024-08-05'],
    handle: showSchedule,
  },
];

function showSchedule(request: ApiRequest): HandlerReply {
  const cluster = clusterOf(request, 'dedicated');
  const { name, pointInTime, pointInTimeDays } = cluster;
  return {
    status: 200,
    body: { clusterName: name, ...(pointInTime && { restoreWindowDays: Math.floor(pointInTimeDays) }) },
  };
}
