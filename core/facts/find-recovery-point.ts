import { AtlasError } from '../atlas/errors.ts';
import type { Backups } from '../backups/backups.ts';
import { chooseSnapshot, type Choice } from '../runbooks/recovery-point.ts';
import type { RestoreRunbook } from '../runbooks/kinds/restore.ts';
import type { SnapshotFacts } from '../runbooks/snapshot.ts';

/** Where and how to look for the recovery point. */
export interface Search {
  readonly runbook: RestoreRunbook;
  readonly backups: Backups;
  /** What `random` draws with unless the runbook has a seed of its own. */
  readonly seed: number;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** The snapshot taken for a `fresh` recovery point. */
  readonly freshSnapshotId?: string;
}

/** Finds the recovery point that a runbook asks for among the source's backups. Throws the errors of the Atlas client. */
export async function findRecoveryPoint(search: Search): Promise<Choice> {
  const { runbook, backups, seed, now } = search;
  const selector = runbook.recoveryPoint;
  const named = 'snapshot' in selector ? selector.snapshot : search.freshSnapshotId;
  const snapshots =
    named === undefined ? await candidates(search, backups) : await oneSnapshot(named, backups);
  if (search.freshSnapshotId !== undefined && snapshots.length === 0) {
    // Atlas gave its id: that one reader does not know it yet is no reason to do without it.
    return {
      wait: 'unseen',
      message: `Atlas does not show snapshot ${search.freshSnapshotId}, which it is taking.`,
    };
  }
  if (named !== undefined && snapshots.length === 0 && (await backups.isLegacy(named))) {
    return {
      none: `Snapshot ${named} is of the legacy backup, which Atlas does not restore through this API.`,
    };
  }
  return chooseSnapshot(selector, snapshots, {
    now,
    seed,
    allowFallback: runbook.guards.fallbackSnapshots,
    restoreSeconds: runbook.timeouts.restore,
    ...(search.freshSnapshotId !== undefined && { freshSnapshotId: search.freshSnapshotId }),
  });
}

function candidates(search: Search, backups: Backups): Promise<SnapshotFacts[]> {
  // A point in time needs no snapshot: Atlas chooses the base itself.
  return 'pointInTime' in search.runbook.recoveryPoint ? Promise.resolve([]) : backups.snapshots();
}

async function oneSnapshot(snapshotId: string, backups: Backups): Promise<SnapshotFacts[]> {
  try {
    return [await backups.snapshot(snapshotId)];
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404) return [];
    throw error;
  }
}
