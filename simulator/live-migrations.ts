import { ApiError } from './api-error.ts';
import { durationOf } from './durations.ts';
import type { LiveMigrationState } from './project-state.ts';
import { nextSerial, type World } from './world.ts';

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
  const { createdAt, readyAt, fails, cutoverAt, endsAt } = migration;
  const done = (status: LiveMigrationView['status']): LiveMigrationView => ({
    status,
    readyForCutover: false,
  });
  if (cutoverAt !== undefined) {
    if (endsAt === undefined || now < endsAt) return done('WORKING');
    return done(fails === 'afterCutover' ? 'FAILED' : 'COMPLETE');
  }
  if (now >= readyAt) {
    if (fails === 'beforeReady') return done('FAILED');
    if (now >= readyAt + READY_FOR) return done('EXPIRED');
    return { status: 'WORKING', readyForCutover: true, lagTimeSeconds: migration.lagSeconds };
  }
  if (now < createdAt + NEW_FOR) return done('NEW');
  // The first copy takes as long as it takes, and the oplog of that time is what remains to be applied.
  const behind = Math.ceil((readyAt - now) / 1000) + migration.lagSeconds;
  return { status: 'WORKING', readyForCutover: false, lagTimeSeconds: behind };
}

/**
 * Cuts a migration over; it ends on its own then.
 *
 * @throws ApiError `LIVE_MIGRATION_CUTOVER_STARTED` for a second cutover, `LIVE_MIGRATION_NOT_READY` unless it is
 *   ready; both 400.
 */
export function cutOver(world: World, migration: LiveMigrationState, now: number): void {
  if (migration.cutoverAt !== undefined) throw new ApiError('LIVE_MIGRATION_CUTOVER_STARTED', migration.id);
  if (!liveMigrationView(migration, now).readyForCutover) {
    throw new ApiError('LIVE_MIGRATION_NOT_READY', migration.id);
  }
  const seconds = migration.cutoverSeconds ?? durationOf('cutover', world.seed, nextSerial(world));
  migration.cutoverAt = now;
  migration.endsAt = now + seconds * 1000;
}
