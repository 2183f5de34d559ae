import type { CheckResult } from '../check.ts';
import { type ClusterFacts, clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown } from './outcomes.ts';
import { type RestoredData, restoredData, whenDataKnown } from './restored-data.ts';
import { majorOf } from './versions.ts';

/** Whether the target is sharded as the data was. A config server is judged only where there may be one. */
export function shardingGuards(
  runbook: RestoreRunbook,
  target: ClusterRef,
  facts: GuardFacts,
): CheckResult[] {
  return [
    { name: 'same-shard-count', ...sameShardCount(runbook, target, facts) },
    ...(concernsShards(runbook, facts)
      ? [{ name: 'same-config-server', ...sameConfigServer(runbook, target, facts) }]
      : []),
  ];
}

/**
 * "The source and target clusters must have the same number of shards" and "Atlas can't restore a sharded cluster snapshot to a
 * replica set" (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-snapshot/, Sharded Clusters). It is the
 * snapshot that counts: "You cannot restore an existing snapshot to a cluster after you add or remove a shard from it"
 * (https://www.mongodb.com/docs/atlas/backup/cloud-backup/overview/).
 */
function sameShardCount(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'both have as many shards';
  return whenDataKnown(runbook, target, facts, doubt, (data, onto) => {
    if (data.shards === undefined) return unknown(`Atlas does not tell the shards of ${data.what}`, doubt);
    if (onto.shards === undefined)
      return unknown(`Atlas does not tell the shards of target ${clusterName(target)}`, doubt);
    const message = `${capital(data.what)} has ${shards(data.shards)} and target ${clusterName(target)} ${shards(onto.shards)}.`;
    return judged(data.shards === onto.shards, message, { data: data.shards, target: onto.shards });
  });
}

function concernsShards(runbook: RestoreRunbook, facts: GuardFacts): boolean {
  const data = restoredData(runbook, facts);
  const kinds = 'seen' in data ? data.seen.map(({ kind }) => kind) : [];
  const target = facts.target !== undefined && 'seen' in facts.target ? [facts.target.seen.kind] : [];
  return [...kinds, ...target].includes('sharded');
}

/**
 * The config servers of the data and of the target must be of one type (`configServerType` of the snapshot and of the cluster;
 * https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-snapshot/, Sharded Clusters). A snapshot that MongoDB 7.0
 * took of up to three shards cannot be restored onto MongoDB 8.0 with the embedded config server that such clusters have by
 * default (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-overview/).
 */
function sameConfigServer(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'both have the same type of config server';
  return whenDataKnown(runbook, target, facts, doubt, (data, onto) => {
    const [from, to] = [configServerOf(data), configServerOf(onto)];
    if (from === undefined) return unknown(`Atlas does not tell the config server of ${data.what}`, doubt);
    if (to === undefined)
      return unknown(`Atlas does not tell the config server of target ${clusterName(target)}`, doubt);
    const way = from === to ? '' : `: ${wayOut(from)}`;
    const message = `The config server of ${data.what} is ${from}, that of target ${clusterName(target)} ${to}${way}.`;
    return judged(from === to, message, { data: from, target: to });
  });
}

/** What Atlas says; where it does not, MongoDB before 8.0 has dedicated config servers, and a replica set or flex has none. */
function configServerOf({
  kind,
  configServerType,
  version,
}: RestoredData | ClusterFacts): string | undefined {
  if (kind === undefined) return undefined;
  if (kind !== 'sharded') return 'none';
  if (configServerType !== undefined) return configServerType;
  const major = majorOf(version);
  return major !== undefined && major < 8 ? 'DEDICATED' : undefined;
}

function wayOut(from: string): string {
  return from === 'DEDICATED'
    ? 'restore onto a cluster with configServerManagementMode FIXED_TO_DEDICATED'
    : 'restore onto a cluster with a config server of that type';
}

function shards(count: number): string {
  return count === 1 ? '1 shard' : `${count} shards`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
