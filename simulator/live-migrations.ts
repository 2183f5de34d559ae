import { ApiError } from './api-error.ts';
import { durationOf } from './durations.ts';
import type { LiveMigrationState } from './project-state.ts';
import { type ClusterKey, nextSerial, type World } from './world.ts';

/** How long a migration waits for its cutover once it is ready, in milliseconds. */
const READY_FOR = 120 * 3_600_000;
/** How long it is new before it works, in milliseconds. */
const NEW_FOR = 60_000;

/** Where a live migration stands. */
export interface LiveMigrationView {
  readonly status: 'NEW' | 'WORKING' | 'COMPLETE' | 'FAILED' | 'EXPIRED';
  readonly readyForCutover: boolean;
  /** Seconds that the copy is behind; unknown before the copy begins and from the cutover on. */
  readonly lagTimeSeconds?: number;
}

export function liveMigrationView(migration: LiveMigrationState, now: number): LiveMigrationView {
  const { fails, cutoverAt, endsAt } = migration;
  if (cutoverAt === undefined || now < cutoverAt) return overruled(migration, usualView(migration, now), now);
  if (endsAt === undefined || now < endsAt) return without('WORKING');
  return without(fails === 'afterCutover' ? 'FAILED' : 'COMPLETE');
}

function without(status: LiveMigrationView['status']): LiveMigrationView {
  return { status, readyForCutover: false };
}

/** The view before the cutover, unless the world says otherwise. */
function usualView(migration: LiveMigrationState, now: number): LiveMigrationView {
  const { createdAt, readyAt, fails, lagSeconds } = migration;
  if (now >= readyAt) {
    if (fails === 'beforeReady') return without('FAILED');
    if (now >= readyAt + READY_FOR) return without('EXPIRED');
    return { status: 'WORKING', readyForCutover: true, lagTimeSeconds: lagSeconds };
  }
  if (now < createdAt + NEW_FOR) return without('NEW');
  // The first copy takes as long as it takes, and the oplog of that time is what remains to be applied.
  const behind = Math.ceil((readyAt - now) / 1000) + lagSeconds;
  return { status: 'WORKING', readyForCutover: false, lagTimeSeconds: behind };
}

/** What the stretch of its history that an instant lies in makes of the usual view. */
function overruled(
  { createdAt, history = [] }: LiveMigrationState,
  usual: LiveMigrationView,
  now: number,
): LiveMigrationView {
  const seconds = (now - createdAt) / 1000;
  const stretch = history.findLast(({ from }) => from <= seconds);
  if (stretch === undefined) return usual;
  const { from, status = usual.status, ready = usual.readyForCutover, rising } = stretch;
  const began = stretch.lag === undefined ? usual.lagTimeSeconds : stretch.lag;
  return {
    status,
    readyForCutover: ready,
    ...(began !== undefined &&
      began !== null && { lagTimeSeconds: Math.max(0, Math.round(began + rising * (seconds - from))) }),
  };
}

/** The migration into a cluster: the latest, if there were several. */
export function migrationInto(
  world: World,
  { project, cluster }: ClusterKey,
): LiveMigrationState | undefined {
  return world.projects
    .find(({ id }) => id === project)
    ?.liveMigrations.findLast(({ target }) => target === cluster);
}

/** Whether a cluster is being migrated into at an instant. Atlas takes no snapshots of it then. */
export function isMigratedInto(world: World, key: ClusterKey, at: number): boolean {
  const migration = migrationInto(world, key);
  if (migration === undefined || at < migration.createdAt) return false;
  return ['NEW', 'WORKING'].includes(liveMigrationView(migration, at).status);
}

/**
 * Cuts a migration over; it ends on its own then.
 *
 * @throws ApiError `LIVE_MIGRATION_CUTOVER_STARTED` for a second cutover, `LIVE_MIGRATION_NOT_READY` unless it is
 *   ready; both 400.
 */
export function cutOver(world: World, migration: LiveMigrationState, now: number): void {
  if (migration.cutoverAt !== undefined) throw new ApiError('LIVE_MIGRATION_CUTOVER_STARTED', migration.id);
  const { status, readyForCutover } = liveMigrationView(migration, now);
  if (status !== 'WORKING' || !readyForCutover) throw new ApiError('LIVE_MIGRATION_NOT_READY', migration.id);
  const seconds = migration.cutoverSeconds ?? durationOf('cutover', world.seed, nextSerial(world));
  migration.cutoverAt = now;
  migration.endsAt = now + seconds * 1000;
}
