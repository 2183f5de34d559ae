import type { Look } from '../check.ts';
import { type ClusterFacts, type ClusterKind, clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { SnapshotFacts } from '../snapshot.ts';
import type { GuardFacts } from './facts.ts';
import { type Outcome, unknown, whenTargetSeen } from './outcomes.ts';

/** What is known of the data that is restored, by one snapshot or, where it is of now, by the source itself. */
export interface RestoredData {
  /** Who says so, inside a sentence: `snapshot 66…` or `source 5e…/orders`. */
  readonly what: string;
  /** Absent where Atlas does not say, here and below. */
  readonly kind?: ClusterKind | undefined;
  readonly shards?: number | undefined;
  readonly configServerType?: string | undefined;
  readonly version?: string | undefined;
  /** Bytes; 0 while Atlas does not know it. */
  readonly sizeBytes?: number | undefined;
  /** Whether Atlas says that it is encrypted with the customer's key. */
  readonly encrypted?: boolean | undefined;
  /** Whether it is what the source is now, which no snapshot holds yet. */
  readonly isSource: boolean;
}

/**
 * Judges whether the target can take what is restored: the chosen snapshot, or what a `fresh` one will hold. A point in time is
 * made of the snapshot before it and of the changes since. So the guard fails where that snapshot does not go onto the target,
 * and is unknown where only what follows it does not: what changed between the two may have been before the instant or after.
 *
 * @param doubt completes "it is not known whether …".
 */
export function whenDataKnown(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
  doubt: string,
  judge: (data: RestoredData, onto: ClusterFacts) => Outcome,
): Outcome {
  const found = restoredData(runbook, facts);
  return whenTargetSeen(target, facts, doubt, (onto) => {
    if ('unseen' in found) return unknown(found.unseen, doubt);
    const [first, ...later] = found.seen.map((data) => judge(data, onto));
    if (first === undefined) return unknown('No snapshot has been chosen', doubt);
    const differs = first.outcome === 'pass' ? later.find(({ outcome }) => outcome !== 'pass') : undefined;
    if (differs === undefined) return first;
    if (differs.outcome === 'unknown') return differs;
    const why = `The snapshot before the point in time would do, but what follows it may not: ${differs.message.replace(/\.$/, '')}`;
    return unknown(why, doubt);
  });
}

/** Whom to ask about the data, first what Atlas restores first; or why nobody can be asked, as a sentence without its full stop. */
export function restoredData(runbook: RestoreRunbook, facts: GuardFacts): Look<readonly RestoredData[]> {
  const snapshot = facts.recoveryPoint?.snapshot;
  if (snapshot !== undefined) return { seen: [ofSnapshot(snapshot)] };
  if ('pointInTime' in runbook.recoveryPoint) return ofPointInTime(runbook, facts);
  if ('fresh' in runbook.recoveryPoint) return ofSource(runbook, facts);
  return { unseen: 'No snapshot has been chosen' };
}

function ofPointInTime(runbook: RestoreRunbook, facts: GuardFacts): Look<readonly RestoredData[]> {
  const window = facts.pointInTimeWindow;
  const name = clusterName(runbook.source);
  if (window === undefined || 'unseen' in window)
    return {
      unseen: `The snapshots of source ${name} could not be read (${window?.unseen ?? 'nobody looked'})`,
    };
  const { before, after } = window.seen;
  if (before === undefined) return { unseen: `Source ${name} has no snapshot before the point in time` };
  if (after !== undefined) return { seen: [ofSnapshot(before), ofSnapshot(after)] };
  const now = ofSource(runbook, facts);
  return 'unseen' in now ? now : { seen: [ofSnapshot(before), ...now.seen] };
}

function ofSnapshot({
  id,
  kind,
  shards,
  configServerType,
  version,
  sizeBytes,
  encrypted,
}: SnapshotFacts): RestoredData {
  const what = `snapshot ${id}`;
  return { what, kind, shards, configServerType, version, sizeBytes, encrypted, isSource: false };
}

function ofSource({ source }: RestoreRunbook, { source: facts }: GuardFacts): Look<readonly RestoredData[]> {
  if ('unseen' in facts)
    return { unseen: `Source ${clusterName(source)} could not be read (${facts.unseen})` };
  const { kind, shards, configServerType, version, encryption } = facts.seen;
  const what = `source ${clusterName(source)}`;
  const encrypted = encryption === undefined ? undefined : encryption !== 'NONE';
  return { seen: [{ what, kind, shards, configServerType, version, encrypted, isSource: true }] };
}
