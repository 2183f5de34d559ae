import { durationOf } from './durations.ts';
import { drawFor, hashHex, objectId } from './identifiers.ts';
import { isMigratedInto } from './live-migrations.ts';
import type { ClusterState, SnapshotState, World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many days a scheduled snapshot is kept. */
const KEPT_DAYS = { hourly: 2, daily: 30, weekly: 56, monthly: 365 } as const;
/** A flex cluster is snapshotted once a day, and its snapshots are kept for eight. */
const FLEX_KEPT_DAYS = 8;

/** A deleted snapshot is still known for a day, so that a restore from it is told from one that never was. */
export const DELETED_KNOWN_FOR = DAY;

/**
 * The scheduled snapshots of a cluster up to an instant, oldest first, with those deleted within the last day.
 * They follow from the seed, the cluster and the hour alone, so that none is stored and the schedule goes on.
 */
export function scheduledSnapshots(world: World, cluster: ClusterState, now: number): SnapshotState[] {
  if (cluster.scheduledSince === undefined || !cluster.backups) return [];
  const minute = Number.parseInt(hashHex(`minute/${cluster.id}`, 4), 16) % 60;
  const snapshots: SnapshotState[] = [];
  for (let slot = firstSlot(cluster.scheduledSince); slot + minute * 60_000 <= now; slot += HOUR) {
    const frequency = frequencyOf(slot, cluster.kind);
    if (frequency === undefined) continue;
    const kept = cluster.kind === 'flex' ? FLEX_KEPT_DAYS : KEPT_DAYS[frequency];
    const at = slot + minute * 60_000;
    if (at > (cluster.pausedSince ?? Infinity)) break;
    if (isMigratedInto(world, { project: cluster.project, cluster: cluster.name }, at)) continue;
    if (at < cluster.scheduledSince || at + kept * DAY + DELETED_KNOWN_FOR <= now) continue;
    snapshots.push(scheduledSnapshot(world, cluster, at, frequency, kept));
  }
  return snapshots;
}

function firstSlot(since: number): number {
  return Math.floor(since / HOUR) * HOUR;
}

function frequencyOf(
  slot: number,
  kind: ClusterState['kind'],
): 'hourly' | 'daily' | 'weekly' | 'monthly' | undefined {
  const date = new Date(slot);
  if (date.getUTCHours() !== 0) return kind === 'flex' ? undefined : 'hourly';
  if (kind === 'flex') return 'daily';
  if (date.getUTCDate() === 1) return 'monthly';
  return date.getUTCDay() === 6 ? 'weekly' : 'daily';
}

function scheduledSnapshot(
  world: World,
  cluster: ClusterState,
  at: number,
  frequency: SnapshotState['frequency'],
  keptDays: number,
): SnapshotState {
  const purpose = `scheduled/${cluster.id}/${at}`;
  const startsAt = at + Math.round(20_000 + 15_000 * drawFor(world.seed, `${purpose}/start`));
  const work = cluster.kind === 'flex' ? 'flexSnapshot' : 'snapshot';
  return {
    id: objectId(at, `${world.seed}/${purpose}`),
    project: cluster.project,
    cluster: cluster.name,
    type: 'scheduled',
    frequency,
    requestedAt: at,
    startsAt,
    endsAt: startsAt + durationOf(work, world.seed, purpose) * 1000,
    fails: false,
    expiresAt: at + keptDays * DAY,
    version: cluster.version,
    sizeBytes: sizeAt(world, cluster, at),
    encrypted: cluster.encryption !== 'NONE',
  };
}

/** Data grows by about a fifth of a percent a day, in whole blocks as a volume counts them. */
function sizeAt(world: World, cluster: ClusterState, at: number): number {
  const days = (at - world.createdAt) / DAY;
  return Math.max(4096, Math.floor((cluster.usedBytes * (1 + 0.002 * days)) / 4096) * 4096);
}
