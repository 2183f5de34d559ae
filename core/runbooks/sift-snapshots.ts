import type { SnapshotFacts } from './snapshot.ts';

/** Instants between which a snapshot may lie, milliseconds since the epoch: `from` inclusive, `to` exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** What to say of a snapshot outside, for example "not before 2026-08-10T03:00:00.000Z". */
  readonly text: string;
}

/** A completed snapshot with its creation as milliseconds since the epoch. */
export interface Dated {
  readonly snapshot: SnapshotFacts;
  readonly at: number;
}

/** The snapshots of a cluster, sorted out. */
export interface Sifted {
  /** Those that may be chosen, oldest first. */
  readonly eligible: readonly Dated[];
  /** All recovery points that there were, also those outside the window or expired since, oldest first. */
  readonly complete: readonly Dated[];
  /** The newest of those that are being taken. */
  readonly pending: SnapshotFacts | undefined;
  /** How many were seen and why each group was left out, as a sentence or two. */
  readonly reason: string;
}

interface SiftOptions {
  readonly now: string;
  readonly allowFallback: boolean;
  readonly restoreSeconds?: number;
}

/** Sorts snapshots into those that may be chosen and those that may not. The order they come in changes nothing. */
export function siftSnapshots(
  snapshots: readonly SnapshotFacts[],
  window: Window,
  options: SiftOptions,
): Sifted {
  const seen = once(snapshots);
  const complete = seen
    .flatMap(dated)
    .toSorted((a, b) => a.at - b.at || compare(a.snapshot.id, b.snapshot.id));
  const usable = complete.filter(({ snapshot }) => options.allowFallback || snapshot.type !== 'fallback');
  const lasting = usable.filter(({ snapshot }) => outlives(snapshot, options));
  const eligible = lasting.filter(({ at }) => at >= window.from && at < window.to);
  const count = (status: SnapshotFacts['status']) =>
    seen.filter((snapshot) => snapshot.status === status).length;
  return {
    eligible,
    complete: usable,
    pending: seen.findLast(({ status }) => status === 'pending'),
    reason: reason(seen.length, [
      [count('pending'), 'still being taken'],
      [count('failed'), 'failed'],
      [count('unknown'), 'in a status that Lifeboat does not know'],
      [count('completed') - complete.length, 'without a creation time'],
      [complete.length - usable.length, 'fallback, which may be inconsistent'],
      [usable.length - lasting.length, 'expired, or will be before a restore could finish'],
      [lasting.length - eligible.length, window.text],
    ]),
  };
}

/** Completion is final: of a snapshot that two pages show differently, the completed one is the newer word. */
function once(snapshots: readonly SnapshotFacts[]): SnapshotFacts[] {
  const rank = ({ status }: SnapshotFacts) => ['completed', 'failed', 'pending', 'unknown'].indexOf(status);
  const sorted = snapshots.toSorted((a, b) => compare(a.id, b.id) || rank(a) - rank(b));
  return sorted.filter(({ id }, index) => id !== sorted[index - 1]?.id);
}

function dated(snapshot: SnapshotFacts): Dated[] {
  const at = Date.parse(snapshot.createdAt ?? '');
  return snapshot.status === 'completed' && !Number.isNaN(at) ? [{ snapshot, at }] : [];
}

/** A snapshot without an expiry is taken to stay; the guard says what it could not see. */
function outlives({ expiresAt }: SnapshotFacts, { now, restoreSeconds = 0 }: SiftOptions): boolean {
  return expiresAt === undefined || Date.parse(expiresAt) > Date.parse(now) + restoreSeconds * 1000;
}

function reason(seen: number, groups: readonly (readonly [number, string])[]): string {
  if (seen === 0) return 'Atlas lists no snapshot of the source.';
  const parts = groups.filter(([count]) => count > 0).map(([count, why]) => `${count} ${why}`);
  return `None of the ${seen} snapshots of the source can be used: ${parts.join('; ')}.`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
