import type { PointInTime } from '../runbooks/snapshot.ts';
import type { RestoreRequest } from './backups.ts';

/**
 * Whether a restore job is what was asked for: the same delivery, the same snapshot or instant, the same target.
 * A point in time is compared by its instant alone, since Atlas adds the snapshot that it chose.
 */
export function isSameRestore(asked: RestoreRequest, found: RestoreRequest): boolean {
  return (
    asked.delivery === found.delivery &&
    asked.target?.project === found.target?.project &&
    asked.target?.cluster === found.target?.cluster &&
    (asked.pointInTime === undefined
      ? asked.snapshotId === found.snapshotId
      : isSameInstant(asked.pointInTime, found.pointInTime))
  );
}

function isSameInstant(asked: PointInTime, found: PointInTime | undefined): boolean {
  if (found === undefined) return false;
  if ('utcSeconds' in asked) return 'utcSeconds' in found && asked.utcSeconds === found.utcSeconds;
  return (
    'oplogSeconds' in found &&
    asked.oplogSeconds === found.oplogSeconds &&
    asked.oplogIncrement === found.oplogIncrement
  );
}
