import { isoTime } from '../clock.ts';
import { seededRandom } from '../random.ts';
import type { RecoveryPointSelector } from './kinds/restore.ts';
import { type Dated, siftSnapshots, type Window } from './sift-snapshots.ts';
import type { PointInTime, RecoveryPoint, SnapshotFacts } from './snapshot.ts';

/** What selection gives: a point, a snapshot to wait for, or the reason why there is neither. */
export type Choice =
  | { readonly point: RecoveryPoint }
  | { readonly wait: SnapshotFacts | 'unseen'; readonly message: string }
  | { readonly none: string };

/** What selection needs beside the runbook and the snapshots. */
export interface ChoiceOptions {
  /** ISO 8601 UTC. */
  readonly now: string;
  /** What `random` draws with when the runbook names no seed of its own; recorded in the recovery point. */
  readonly seed: number;
  /** Whether `fallback` snapshots, which may be inconsistent, are eligible. */
  readonly allowFallback: boolean;
  /** Leaves out snapshots that expire before a restore of this many seconds could finish; 0 when absent. */
  readonly restoreSeconds?: number;
  /** The id of the snapshot that was taken for `fresh`. */
  readonly freshSnapshotId?: string;
}

/**
 * Chooses the recovery point that a runbook asks for. The same snapshots, in any order and some perhaps twice (pages
 * shift while they are read), give the same choice.
 *
 * A snapshot named by its id is given back as it is, be it fallback or about to expire: the guards judge it.
 */
export function chooseSnapshot(
  selector: RecoveryPointSelector,
  snapshots: readonly SnapshotFacts[],
  options: ChoiceOptions,
): Choice {
  if ('pointInTime' in selector) return { point: pointInTime(selector.pointInTime) };
  if ('snapshot' in selector) return byId('snapshot', selector.snapshot, snapshots);
  if ('fresh' in selector) return byId('fresh', options.freshSnapshotId, snapshots);
  const window = windowOf(selector, options.now);
  const { eligible, pending, complete, reason } = siftSnapshots(snapshots, window, options);
  const seed = 'random' in selector ? (selector.random.seed ?? options.seed) : undefined;
  const chosen = seed === undefined ? eligible.at(-1) : draw(eligible, seed);
  if (chosen !== undefined) {
    const found =
      seed === undefined ? { chosenBy: 'latest' as const } : { chosenBy: 'random' as const, seed };
    return { point: { ...found, ...pointOf(chosen, complete), candidates: eligible.length } };
  }
  // One that is being taken will be of about now, so it only helps when the window reaches that far.
  if (pending === undefined || window.to <= Date.parse(options.now)) return { none: reason };
  return waitFor(pending, `${reason} Waiting for ${pending.id}.`);
}

function byId(
  chosenBy: 'snapshot' | 'fresh',
  id: string | undefined,
  snapshots: readonly SnapshotFacts[],
): Choice {
  const snapshot = snapshots.find((candidate) => candidate.id === id && candidate.status === 'completed');
  if (snapshot !== undefined) return { point: { chosenBy, time: utc(snapshot.createdAt), snapshot } };
  const unfinished = snapshots.find((candidate) => candidate.id === id);
  switch (unfinished?.status) {
    case 'pending':
      return waitFor(
        unfinished,
        `Snapshot ${unfinished.id} is still being taken (${unfinished.atlasStatus}).`,
      );
    case 'unknown':
      // Whatever the word means, the runbook's timeout bounds the wait, and giving up could not be undone.
      return waitFor(
        unfinished,
        `Snapshot ${unfinished.id} is ${unfinished.atlasStatus}, a status that Lifeboat does not know; waiting for it to complete.`,
      );
    case 'failed':
      return {
        none: `Snapshot ${unfinished.id} failed (${unfinished.atlasStatus}): it holds nothing to restore.`,
      };
    default:
      return {
        none: `Snapshot ${id ?? '(none yet)'} is not among the ${snapshots.length} snapshots that Atlas lists for the source.`,
      };
  }
}

function waitFor(snapshot: SnapshotFacts, message: string): Choice {
  return { wait: snapshot, message };
}

function pointInTime(point: PointInTime): RecoveryPoint {
  const seconds = 'utcSeconds' in point ? point.utcSeconds : point.oplogSeconds;
  return { chosenBy: 'pointInTime', time: isoTime(seconds * 1000), pointInTime: point };
}

function windowOf(
  selector: Extract<RecoveryPointSelector, { latest: unknown } | { random: unknown }>,
  now: string,
): Window {
  if ('latest' in selector) {
    const { before } = selector.latest;
    if (before === undefined) return { from: -Infinity, to: Infinity, text: '' };
    return { from: -Infinity, to: Date.parse(before), text: `not before ${isoTime(Date.parse(before))}` };
  }
  const to = Date.parse(now);
  const from = to - selector.random.within * 1000;
  // `to` is exclusive; a snapshot that completed this very millisecond is still of the window.
  return { from, to: to + 1, text: `not between ${isoTime(from)} and ${isoTime(to)}` };
}

/** Uniform among the candidates, which come in an order of their own, so that the list's order changes nothing. */
function draw(candidates: readonly Dated[], seed: number): Dated | undefined {
  return candidates[Math.floor(seededRandom(seed).next() * candidates.length)];
}

function pointOf(
  chosen: Dated,
  complete: readonly Dated[],
): Pick<RecoveryPoint, 'time' | 'snapshot' | 'nextTime'> {
  const next = complete.find(({ at }) => at > chosen.at);
  return {
    time: isoTime(chosen.at),
    snapshot: chosen.snapshot,
    ...(next === undefined ? {} : { nextTime: isoTime(next.at) }),
  };
}

function utc(instant: string | undefined): string | undefined {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? undefined : isoTime(at);
}
