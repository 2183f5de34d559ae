import { ApiError } from './api-error.ts';
import { durationOf, type Work } from './durations.ts';
import { drawFor, objectId } from './identifiers.ts';
import { snapshotTime } from './snapshots.ts';
import {
  type ClusterState,
  nextSerial,
  type PointInTime,
  type RestoreJobState,
  type SnapshotState,
  type World,
} from './world.ts';

/** How long a download link lives, in milliseconds. */
export const LINK_LIVES = 3_600_000;

/** Where a restore job stands; `finished` is a download's word too, once its link is ready. */
export type RestoreJobStatus = 'running' | 'finished' | 'failed' | 'cancelled' | 'expired';

export function restoreJobStatus(job: RestoreJobState, now: number): RestoreJobStatus {
  if (job.cancelledAt !== undefined) return 'cancelled';
  if (now < job.endsAt) return 'running';
  if (job.fails) return 'failed';
  return job.deliveryType === 'download' && now >= job.endsAt + LINK_LIVES ? 'expired' : 'finished';
}

/** What a restore job is made of, once every rule has let it through. */
export interface RestoreRequest {
  readonly kind: RestoreJobState['kind'];
  readonly deliveryType: RestoreJobState['deliveryType'];
  readonly source: ClusterState;
  readonly snapshot: SnapshotState;
  /** Absent for a download. */
  readonly target?: ClusterState | undefined;
  readonly pointInTime?: PointInTime | undefined;
}

/** Creates a restore job and decides, from the seed and the world's wishes, how it will end. */
export function createRestoreJob(world: World, request: RestoreRequest, now: number): RestoreJobState {
  const { kind, deliveryType, source, target, snapshot } = request;
  const outcome = (target ?? source).restores;
  const serial = nextSerial(world);
  const work: Work = kind === 'flex' ? 'flexRestore' : deliveryType;
  const seconds = outcome.seconds ?? durationOf(work, world.seed, serial);
  const endsAt = now + seconds * 1000;
  const job: RestoreJobState = {
    id: objectId(now, serial),
    kind,
    deliveryType,
    source: { project: source.project, cluster: source.name },
    target: target && { project: target.project, cluster: target.name },
    snapshotId: snapshot.id,
    snapshotTime: kind === 'flex' ? snapshot.endsAt : snapshotTime(snapshot),
    pointInTime: request.pointInTime,
    createdAt: now,
    endsAt,
    settlesAt: endsAt + Math.round(5000 + 15_000 * drawFor(world.seed, `settle/${serial}`)),
    fails: outcome.fails,
  };
  world.restoreJobs.push(job);
  return job;
}

/** The restore jobs of a source cluster, newest first. */
export function restoreJobsOf(world: World, source: ClusterState): RestoreJobState[] {
  return world.restoreJobs
    .filter((job) => job.source.project === source.project && job.source.cluster === source.name)
    .reverse();
}

/**
 * One restore job of a source cluster.
 *
 * @throws ApiError `RESTORE_JOB_NOT_FOUND`, or `INVALID_JOB_ID` when it is not 24 hexadecimal digits.
 */
export function findRestoreJob(world: World, source: ClusterState, id: string): RestoreJobState {
  if (!/^[a-f0-9]{24}$/.test(id)) throw new ApiError('INVALID_JOB_ID', id);
  const found = restoreJobsOf(world, source).find((job) => job.id === id);
  if (!found) throw new ApiError('RESTORE_JOB_NOT_FOUND', id, source.name);
  return found;
}

/**
 * Cancels a download; a second cancel changes nothing.
 *
 * @throws ApiError `CANNOT_CANCEL_AUTOMATED_RESTORE`: what erases a target runs to its end.
 */
export function cancelRestoreJob(job: RestoreJobState, now: number): void {
  if (job.deliveryType !== 'download') throw new ApiError('CANNOT_CANCEL_AUTOMATED_RESTORE');
  job.cancelledAt ??= now;
}
