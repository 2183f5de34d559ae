import type { CheckResult } from '../check.ts';
import { type ClusterFacts, clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown, whenSourceSeen, whenTargetSeen } from './outcomes.ts';

/** Whether the chosen recovery point goes into the target. */
export function compatibilityGuards(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
): CheckResult[] {
  // An older snapshot may differ from what the source is today; a fresh one and a point in time are of today.
  const ofToday = 'fresh' in runbook.recoveryPoint || 'pointInTime' in runbook.recoveryPoint;
  const blind = facts.recoveryPoint?.snapshot === undefined && !ofToday;
  const of = (judge: typeof versionNotOlder, doubt: string) =>
    blind ? unknown('No snapshot has been chosen', doubt) : judge(runbook, target, facts);
  return [
    { name: 'version-not-older', ...of(versionNotOlder, 'the target is as new as the data') },
    {
      name: 'encryption-compatible',
      ...of(encryptionCompatible, 'the target can take the data as it is encrypted'),
    },
    { name: 'disk-large-enough', ...of(diskLargeEnough, 'the data fits onto the disk') },
  ];
}

/**
 * Atlas restores onto the same or a newer version. Compared are major and minor: data files don't change between
 * patches, and Atlas rolls patches out by itself, cluster by cluster, so that a target may well lag by one for a day.
 */
function versionNotOlder(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'the target is as new as the data';
  return whenTargetSeen(target, facts, doubt, (onto) => {
    const judge = (what: string, version: string | undefined) => {
      const order = compareVersions(onto.version, version);
      if (order === undefined) {
        const seen = `${version ?? 'none given'} and ${onto.version ?? 'none given'}`;
        return unknown(
          `The versions of ${what} and target ${clusterName(target)} cannot be compared (${seen})`,
          doubt,
        );
      }
      const message = `Target ${clusterName(target)} runs MongoDB ${onto.version ?? ''}; ${what} is of ${version ?? ''}${order < 0 ? ', which is newer' : ''}.`;
      return judged(order >= 0, message, { target: onto.version ?? null, data: version ?? null });
    };
    const snapshot = facts.recoveryPoint?.snapshot;
    if (snapshot?.version !== undefined) return judge(`snapshot ${snapshot.id}`, snapshot.version);
    return whenSourceSeen(runbook, facts, doubt, (from) =>
      judge(`source ${clusterName(runbook.source)}`, from.version),
    );
  });
}

/** Atlas restores only between the same key provider, and an unencrypted snapshot never into a target with customer keys. */
function encryptionCompatible(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'the target can take the data as it is encrypted';
  return whenTargetSeen(target, facts, doubt, (onto) => {
    const snapshot = facts.recoveryPoint?.snapshot;
    const evidence = { target: onto.encryption, snapshotEncrypted: snapshot?.encrypted ?? null };
    const compare = (what: string, provider: string) => {
      const message = `${what} is ${keyWords(provider)}; target ${clusterName(target)} is ${keyWords(onto.encryption)}.`;
      return judged(provider === onto.encryption, message, evidence);
    };
    if (snapshot?.encrypted === false) return compare(`Snapshot ${snapshot.id}`, NO_KEY);
    if (snapshot !== undefined && onto.encryption === NO_KEY) {
      return judged(
        false,
        `Snapshot ${snapshot.id} is encrypted with the customer's key; target ${clusterName(target)} is not.`,
        evidence,
      );
    }
    return whenSourceSeen(runbook, facts, doubt, (from) => {
      if (snapshot !== undefined && from.encryption === NO_KEY) {
        return unknown(
          `Snapshot ${snapshot.id} is encrypted, but source ${clusterName(runbook.source)} no longer says with whose key`,
          doubt,
        );
      }
      return compare(
        snapshot === undefined ? `Source ${clusterName(runbook.source)}` : `Snapshot ${snapshot.id}`,
        from.encryption,
      );
    });
  });
}

/** What a restored node needs beyond the data: its journal, and room to work. */
const HEADROOM = 1.1;
const GIBIBYTE = 1024 ** 3;

/**
 * The size is of the snapshot as Atlas stores it, over all shards; `diskGB` is of one shard. That they fit together is
 * necessary, not sufficient: shards may be filled unevenly.
 */
function diskLargeEnough(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'the data fits onto the disk';
  return whenTargetSeen(target, facts, doubt, (onto) => {
    const snapshot = facts.recoveryPoint?.snapshot;
    if (onto.diskGB === undefined)
      return unknown(`Atlas does not tell the disk of target ${clusterName(target)}`, doubt);
    const disk = onto.diskGB * onto.shards;
    // Atlas says 0 of a snapshot whose size it doesn't know yet.
    if (snapshot?.sizeBytes === undefined || snapshot.sizeBytes === 0)
      return diskLikeSource(runbook, target, facts, onto);
    const needed = (snapshot.sizeBytes / GIBIBYTE) * HEADROOM;
    const message = `Target ${clusterName(target)} has ${gigabytes(disk)} of disk; snapshot ${snapshot.id} holds ${gigabytes(snapshot.sizeBytes / GIBIBYTE)} and needs ${gigabytes(needed)}.`;
    return judged(disk >= needed, message, { diskGB: disk, snapshotBytes: snapshot.sizeBytes });
  });
}

/** Without a size: what fits onto the source's disk fits onto one as large. A smaller one may still do. */
function diskLikeSource(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
  onto: ClusterFacts,
): Outcome {
  const doubt = 'the data fits onto the disk';
  return whenSourceSeen(runbook, facts, doubt, (from) => {
    if (from.diskGB === undefined || onto.diskGB === undefined) {
      return unknown(
        `Atlas tells neither the size of the data nor the disk of source ${clusterName(runbook.source)}`,
        doubt,
      );
    }
    const message = `target ${clusterName(target)} has ${gigabytes(onto.diskGB)} of disk, source ${clusterName(runbook.source)} ${gigabytes(from.diskGB)}`;
    if (onto.diskGB < from.diskGB)
      return unknown(`Atlas does not tell the size of the data, and ${message}`, doubt);
    return judged(true, `The size of the data is not known, but ${message}.`, {
      diskGB: onto.diskGB,
      sourceDiskGB: from.diskGB,
    });
  });
}

const NO_KEY = 'NONE';

function keyWords(provider: string): string {
  return provider === NO_KEY
    ? 'not encrypted with a key of the customer'
    : `encrypted with the customer's key at ${provider}`;
}

function gigabytes(amount: number): string {
  return `${String(Math.round(amount * 10) / 10)} GB`;
}

/** Negative when `one` is older by major or minor; undefined when either can't be read. */
function compareVersions(one: string | undefined, other: string | undefined): number | undefined {
  const [a, b] = [one, other].map((version) => /^(\d+)\.(\d+)/.exec(version ?? ''));
  if (!a || !b) return undefined;
  return Number(a[1]) - Number(b[1]) || Number(a[2]) - Number(b[2]);
}
