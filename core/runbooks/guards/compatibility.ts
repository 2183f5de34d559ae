import type { CheckResult } from '../check.ts';
import { type ClusterFacts, clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import { encryptionCompatible } from './encryption.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown, whenSourceSeen, whenTargetSeen } from './outcomes.ts';
import { type RestoredData, restoredData, whenDataKnown } from './restored-data.ts';
import { shardingGuards } from './sharding.ts';
import { compareVersions, majorOf } from './versions.ts';

/** Whether the target can take the data of the recovery point. Judged is what is restored, not what the source is now. */
export function compatibilityGuards(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
): CheckResult[] {
  return [
    ...shardingGuards(runbook, target, facts),
    { name: 'version-not-older', ...versionNotOlder(runbook, target, facts) },
    ...(concernsFlex(runbook, facts)
      ? [{ name: 'same-major-version', ...sameMajorVersion(runbook, target, facts) }]
      : []),
    { name: 'encryption-compatible', ...encryptionCompatible(runbook, target, facts) },
    { name: 'disk-large-enough', ...diskLargeEnough(runbook, target, facts) },
  ];
}

/**
 * Atlas restores onto the same or a newer version ("Atlas doesn't support restoring to older versions",
 * https://www.mongodb.com/docs/atlas/backup-restore-cluster/). Compared are major and minor: data files don't change between
 * patches, and Atlas rolls patches out by itself, cluster by cluster, so that a target may well lag by one for a day.
 */
function versionNotOlder(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'the target is as new as the data';
  return whenDataKnown(runbook, target, facts, doubt, ({ what, version }, onto) => {
    const order = compareVersions(onto.version, version);
    if (order === undefined) return unknown(incomparable(what, version, target, onto), doubt);
    const message = `Target ${clusterName(target)} runs MongoDB ${onto.version ?? ''}; ${what} is of ${version ?? ''}${order < 0 ? ', which is newer' : ''}.`;
    return judged(order >= 0, message, { target: onto.version ?? null, data: version ?? null });
  });
}

function concernsFlex(runbook: RestoreRunbook, facts: GuardFacts): boolean {
  const data = restoredData(runbook, facts);
  const kinds = 'seen' in data ? data.seen.map(({ kind }) => kind) : [];
  const target = facts.target !== undefined && 'seen' in facts.target ? [facts.target.seen.kind] : [];
  return [...kinds, ...target].includes('flex');
}

/**
 * A flex target must run the major version of the snapshot: the target "can't … run a major release MongoDB version different
 * than the snapshot" (`createSharedClusterBackupRestoreJob`, which says that it covers flex clusters,
 * https://www.mongodb.com/docs/atlas/cli/v1.45/command/atlas-api-sharedtierrestorejobs-createsharedclusterbackuprestorejob).
 * Atlas's code for it is 400 `TENANT_RESTORE_VERSION_MISMATCH`. The page of `createFlexRestoreJob` says nothing of versions.
 */
function sameMajorVersion(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'both are of one major version';
  return whenDataKnown(runbook, target, facts, doubt, ({ what, version }, onto) => {
    const [from, to] = [majorOf(version), majorOf(onto.version)];
    if (from === undefined || to === undefined)
      return unknown(incomparable(what, version, target, onto), doubt);
    const same = from === to;
    const message = `Target ${clusterName(target)} runs MongoDB ${onto.version ?? ''}, and ${what} is of ${version ?? ''}${same ? '' : ': flex data is restored onto the same major version only'}.`;
    return judged(same, message, { target: onto.version ?? null, data: version ?? null });
  });
}

function incomparable(
  what: string,
  version: string | undefined,
  target: ClusterRef,
  onto: ClusterFacts,
): string {
  return `The versions of ${what} and target ${clusterName(target)} cannot be compared (${version ?? 'none given'} and ${onto.version ?? 'none given'})`;
}

/** What a restored node needs beyond the data: its journal, and room to work. */
const HEADROOM = 1.1;
const GIBIBYTE = 1024 ** 3;

/**
 * The hosts must "have sufficient storage space for the restored databases, plus additional space for dataset growth"
 * (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-cloud-manager/; pages of other restores advise a tier
 * "with the same storage capacity"). The size is of the snapshot as Atlas stores it, over all shards; `diskGB` is of one shard.
 * That they fit together is necessary, not sufficient: shards may be filled unevenly.
 */
function diskLargeEnough(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'the data fits onto the disk';
  return whenDataKnown(runbook, target, facts, doubt, (data, onto) => {
    if (onto.diskGB === undefined || onto.shards === undefined)
      return unknown(`Atlas does not tell the disk of target ${clusterName(target)}`, doubt);
    // Atlas says 0 of a snapshot whose size it doesn't know yet, and nothing of a flex one.
    if (data.sizeBytes === undefined || data.sizeBytes === 0)
      return withoutSize(runbook, target, facts, data);
    const disk = onto.diskGB * onto.shards;
    const needed = (data.sizeBytes / GIBIBYTE) * HEADROOM;
    const message = `Target ${clusterName(target)} has ${gigabytes(disk)} of disk; ${data.what} holds ${gigabytes(data.sizeBytes / GIBIBYTE)} and needs ${gigabytes(needed)}.`;
    return judged(disk >= needed, message, { diskGB: disk, snapshotBytes: data.sizeBytes });
  });
}

/**
 * What is on the source's disk now fits onto one as large. That tells something of a snapshot that is still to be taken, and of
 * flex, whose disks are of one size; an older snapshot may be of a time when the source had a larger disk.
 */
function withoutSize(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
  data: RestoredData,
): Outcome {
  const doubt = 'the data fits onto the disk';
  if (!data.isSource && data.kind !== 'flex')
    return unknown(`Atlas does not tell the size of ${data.what}`, doubt);
  return whenTargetSeen(target, facts, doubt, (onto) =>
    whenSourceSeen(runbook, facts, doubt, (from) => {
      if (from.diskGB === undefined || onto.diskGB === undefined)
        return unknown(
          `Atlas tells neither the size of the data nor the disk of source ${clusterName(runbook.source)}`,
          doubt,
        );
      const message = `target ${clusterName(target)} has ${gigabytes(onto.diskGB)} of disk, source ${clusterName(runbook.source)} ${gigabytes(from.diskGB)}`;
      if (onto.diskGB < from.diskGB)
        return unknown(`Atlas does not tell the size of the data, and ${message}`, doubt);
      const evidence = { diskGB: onto.diskGB, sourceDiskGB: from.diskGB };
      return judged(true, `The size of the data is not known, but ${message}.`, evidence);
    }),
  );
}

function gigabytes(amount: number): string {
  return `${String(Math.round(amount * 10) / 10)} GB`;
}
