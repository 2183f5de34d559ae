import type { ClusterRef } from '../runbooks/cluster.ts';
import type { PointInTime } from '../runbooks/snapshot.ts';
import type { RestoreRequest, RestoreTold } from './backups.ts';

/**
 * How a restore job in Atlas compares with a request: it is for the `same`, for an `other`, or `unclear` where nothing that it
 * says contradicts the request and something that would tell is missing.
 */
export type Likeness = 'same' | 'unclear' | 'other';

/**
 * Compares a restore job with a request: the same delivery, the same snapshot or instant, the same target. A missing field
 * contradicts nothing, and proves nothing. A point in time is compared by its instant alone, since Atlas adds the snapshot that it
 * chose.
 */
export function compareRestore(asked: RestoreRequest, found: RestoreTold): Likeness {
  return worst([
    compare(asked.delivery, found.delivery),
    compareTarget(asked.target, found),
    asked.pointInTime === undefined
      ? compare(asked.snapshotId, found.snapshotId)
      : compareInstant(asked.pointInTime, found.pointInTime ?? {}),
  ]);
}

/** Compares the target of a restore job with that of a request; a download has none. */
export function compareTarget(asked: ClusterRef | undefined, { target }: RestoreTold): Likeness {
  if (asked === undefined) return target === undefined ? 'same' : 'other';
  return worst([compare(asked.project, target?.project), compare(asked.cluster, target?.cluster)]);
}

function compareInstant(asked: PointInTime, found: NonNullable<RestoreTold['pointInTime']>): Likeness {
  if ('utcSeconds' in asked) {
    if (found.utcSeconds !== undefined) return compare(asked.utcSeconds, found.utcSeconds);
    // Told as a position in the oplog, which is of the same second or of another.
    return compare(asked.utcSeconds, found.oplogSeconds) === 'other' ? 'other' : 'unclear';
  }
  if (found.oplogSeconds === undefined && compare(asked.oplogSeconds, found.utcSeconds) === 'other') {
    return 'other';
  }
  return worst([
    compare(asked.oplogSeconds, found.oplogSeconds),
    compare(asked.oplogIncrement, found.oplogIncrement),
  ]);
}

function compare<Value>(asked: Value | undefined, found: Value | undefined): Likeness {
  if (found === undefined) return asked === undefined ? 'same' : 'unclear';
  return asked === found ? 'same' : 'other';
}

function worst(all: readonly Likeness[]): Likeness {
  if (all.includes('other')) return 'other';
  return all.includes('unclear') ? 'unclear' : 'same';
}
