import { objectId } from './identifiers.ts';
import type { ProjectState } from './project-state.ts';
import { restoreJobStatus } from './restore-jobs.ts';
import { shownSnapshots, snapshotStatus } from './snapshots.ts';
import type { RestoreJobState, SnapshotState, World } from './world.ts';

/** An event of a project; what happened follows from snapshots, jobs and alerts, so that none is stored. */
export interface ProjectEvent {
  readonly id: string;
  readonly project: string;
  /** The clusters it is about, by name. */
  readonly clusters: readonly string[];
  /** Atlas's event type name. */
  readonly type: string;
  readonly at: number;
}

/** Every event of a project up to now, newest first. */
export function projectEvents(world: World, project: ProjectState, now: number): ProjectEvent[] {
  const restores = world.restoreJobs.flatMap((job) => restoreEvents(job, project, now));
  const snapshots = world.clusters
    .filter((cluster) => cluster.project === project.id)
    .flatMap((cluster) => shownSnapshots(world, cluster, now))
    .flatMap((snapshot) => snapshotEvents(snapshot, now));
  return [...restores, ...snapshots].sort((a, b) => b.at - a.at || b.id.localeCompare(a.id));
}

/**
 * A restore shows in the project of its source and of its target: once where both are the same.
 * A download's request shows, and only its failure, since Atlas never says that one is done.
 */
function restoreEvents(job: RestoreJobState, project: ProjectState, now: number): ProjectEvent[] {
  const clusters = [job.source, job.target].flatMap((key) =>
    key?.project === project.id ? [key.cluster] : [],
  );
  if (clusters.length === 0) return [];
  const event = (type: string, at: number): ProjectEvent => ({
    id: objectId(at, `event/${type}/${job.id}/${project.id}`),
    project: project.id,
    clusters,
    type,
    at,
  });
  const requested = event('CPS_RESTORE_REQUESTED_AUDIT', job.createdAt);
  const status = restoreJobStatus(job, now);
  const download = job.deliveryType === 'download';
  if (status === 'failed') {
    return [
      requested,
      event(download ? 'CPS_SNAPSHOT_DOWNLOAD_REQUEST_FAILED' : 'CPS_RESTORE_FAILED', job.endsAt),
    ];
  }
  return status === 'finished' && !download
    ? [requested, event('CPS_RESTORE_SUCCESSFUL', job.endsAt)]
    : [requested];
}

function snapshotEvents(snapshot: SnapshotState, now: number): ProjectEvent[] {
  const event = (type: string, at: number): ProjectEvent => ({
    id: objectId(at, `event/${type}/${snapshot.id}`),
    project: snapshot.project,
    clusters: [snapshot.cluster],
    type,
    at,
  });
  const status = snapshotStatus(snapshot, now);
  if (status === 'queued') return [];
  const started = event('CPS_SNAPSHOT_STARTED', snapshot.startsAt);
  if (status === 'inProgress') return [started];
  const good = snapshot.type === 'fallback' ? 'CPS_SNAPSHOT_FALLBACK_SUCCESSFUL' : 'CPS_SNAPSHOT_SUCCESSFUL';
  return [started, event(status === 'failed' ? 'CPS_SNAPSHOT_FAILED' : good, snapshot.endsAt)];
}
