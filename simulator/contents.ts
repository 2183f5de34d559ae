import { isCluster } from './clusters.ts';
import { migrationInto } from './live-migrations.ts';
import type { ClusterKey, ClusterState, RestoreJobState, World } from './world.ts';

const DAY = 86_400_000;

/** What a database amounts to at an instant. */
export interface DatabaseCounts {
  readonly name: string;
  readonly collections: number;
  readonly views: number;
  readonly indexes: number;
  readonly objects: number;
  /** Average size of a document in bytes. */
  readonly objectBytes: number;
}

/** What a cluster holds at an instant. */
export interface Contents {
  readonly databases: readonly DatabaseCounts[];
  /** Bytes on disk, of all shards together. */
  readonly usedBytes: number;
}

/**
 * What a cluster holds at an instant: what is migrated into it, or what the last restore into it left, or else what it began
 * with, grown since. Nobody writes to a cluster that was restored or migrated into, so that it stays as its source was at the
 * recovery point or the cutover.
 */
export function contentsAt(world: World, cluster: ClusterState, at: number): Contents {
  return migrated(world, cluster, at) ?? restored(world, cluster, at);
}

function migrated(world: World, cluster: ClusterState, at: number): Contents | undefined {
  const migration = migrationInto(world, keyOf(cluster));
  if (migration?.source === undefined || at < migration.createdAt) return undefined;
  const { source, loses = 0, cutoverAt = at } = migration;
  const from = world.clusters.find((known) => isCluster(known, source));
  return from && reduced(contentsAt(world, from, Math.min(at, cutoverAt)), loses);
}

function restored(world: World, cluster: ClusterState, at: number): Contents {
  const job = restoresInto(world, cluster).findLast((known) => !known.fails && known.endsAt <= at);
  const source = job && world.clusters.find((known) => isCluster(known, job.source));
  if (!job || !source) return grown(world, cluster, at);
  return reduced(contentsAt(world, source, recoveredInstant(job)), cluster.restores.loses);
}

/** Contents without a share of their documents. */
function reduced(contents: Contents, loses: number): Contents {
  const databases = contents.databases.map((database) => ({
    ...database,
    objects: Math.floor(database.objects * (1 - loses)),
  }));
  return { ...contents, databases };
}

function keyOf({ project, name }: ClusterState): ClusterKey {
  return { project, cluster: name };
}

/** Whether a restore has the cluster's processes stopped at an instant. */
export function isDown(world: World, cluster: ClusterState, at: number): boolean {
  return restoresInto(world, cluster).some((job) => job.createdAt <= at && at < job.endsAt);
}

/** When the cluster's processes last came back from a restore or a cutover; undefined when none has ended yet. */
export function lastStart(world: World, cluster: ClusterState, at: number): number | undefined {
  const restore = restoresInto(world, cluster).findLast((job) => job.endsAt <= at)?.endsAt;
  const cutover = migrationInto(world, keyOf(cluster))?.endsAt;
  const ends = [restore, cutover].filter((end) => end !== undefined && end <= at);
  return ends.length === 0 ? undefined : Math.max(...ends.map(Number));
}

/** The restore jobs into a cluster in the order they end, which is that of their creation. */
function restoresInto(world: World, cluster: ClusterState): RestoreJobState[] {
  return world.restoreJobs.filter((job) => job.target && isCluster(cluster, job.target));
}

function recoveredInstant(job: RestoreJobState): number {
  const seconds = job.pointInTime?.utcSeconds ?? job.pointInTime?.oplogSeconds;
  return seconds === undefined ? job.snapshotTime : seconds * 1000;
}

function grown(world: World, cluster: ClusterState, at: number): Contents {
  const days = (at - world.createdAt) / DAY;
  return {
    usedBytes: cluster.usedBytes,
    databases: cluster.databases.map(({ growthPerDay, ...database }) => ({
      ...database,
      objects: Math.max(0, Math.round(database.objects * (1 + growthPerDay * days))),
    })),
  };
}
