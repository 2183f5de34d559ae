import type { Backups, RestoreState } from '../backups/backups.ts';
import { compareTarget } from '../backups/same-restore.ts';
import { isoTime } from '../clock.ts';
import type { Look } from '../runbooks/check.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { PointInTimeFacts } from '../runbooks/guards/facts.ts';
import { instantOf, type PointInTime, type SnapshotFacts } from '../runbooks/snapshot.ts';
import { look } from './look.ts';

const DAY = 24 * 60 * 60 * 1000;

/**
 * What bounds the points in time of a cluster: as far back as the schedule's restore window and the oldest completed snapshot
 * reach, but for what restores onto the cluster took out. Atlas itself has the last word (400 `INVALID_PIT_RESTORE_TIME`).
 *
 * @param backups of the cluster; undefined where it could not be read.
 * @param now ISO 8601 UTC. Throws the errors of the Atlas client.
 */
export function readPointInTime(
  source: ClusterRef,
  point: PointInTime,
  backups: Backups | undefined,
  now: string,
): Promise<Look<PointInTimeFacts>> {
  const what = `the restore window of ${clusterName(source)}`;
  if (backups === undefined) return Promise.resolve({ unseen: `${what}: the source could not be read` });
  return look(what, async () => {
    const days = (await backups.restoreWindowDays()) ?? Infinity;
    const reach = Math.max(0, Date.parse(now) - days * DAY);
    const snapshots = datedSnapshots(await backups.snapshots());
    const at = instantOf(point);
    // Without any snapshot the window is empty: it ends where it begins.
    const oldest = snapshots[0]?.at ?? Date.parse(now);
    const newest = snapshots.at(-1)?.at;
    return {
      from: isoTime(Math.max(reach, oldest)),
      to: now,
      before: snapshots.findLast((snapshot) => snapshot.at <= at)?.facts,
      after: snapshots.find((snapshot) => snapshot.at > at)?.facts,
      newest: newest === undefined ? undefined : isoTime(newest),
      gaps: gapsOf(source, await backups.restores(), snapshots),
    };
  });
}

interface DatedSnapshot {
  readonly facts: SnapshotFacts;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Those that completed, oldest first. */
function datedSnapshots(snapshots: readonly SnapshotFacts[]): DatedSnapshot[] {
  return snapshots
    .filter(({ status }) => status === 'completed')
    .map((facts) => ({ facts, at: Date.parse(facts.createdAt ?? '') }))
    .filter(({ at }) => !Number.isNaN(at))
    .sort((one, other) => one.at - other.at);
}

/** Atlas lists restore jobs by their source, so only restores of the cluster onto itself are known, or may be such. */
function gapsOf(
  source: ClusterRef,
  restores: readonly RestoreState[],
  snapshots: readonly DatedSnapshot[],
): PointInTimeFacts['gaps'] {
  return restores
    .filter(({ delivery }) => delivery !== 'download')
    .map((restore) => ({ ...restore, likeness: compareTarget(source, restore) }))
    .filter(({ likeness }) => likeness !== 'other')
    .map(({ id, outcome, finishedAt, likeness }) => {
      const from = createdAt(id);
      const finished = Date.parse(finishedAt ?? '');
      const end = Number.isNaN(finished) ? from : finished;
      const next = outcome === 'running' ? undefined : snapshots.find(({ at }) => at >= end);
      const certain = likeness === 'same';
      return {
        restoreJobId: id,
        certain,
        from: isoTime(from),
        to: next === undefined ? undefined : isoTime(next.at),
      };
    });
}

/** A restore job has no time of creation, but its id does: an ObjectId begins with the seconds since the epoch. */
function createdAt(id: string): number {
  const seconds = Number.parseInt(id.slice(0, 8), 16);
  return Number.isNaN(seconds) ? 0 : seconds * 1000;
}
