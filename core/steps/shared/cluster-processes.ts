import { isHostOf } from '../../facts/cluster-hosts.ts';

/** A MongoDB process as Atlas's monitoring lists it. */
export interface ProcessFacts {
  /** `host:port`; one without it cannot be asked about. */
  readonly id?: string | undefined;
  /** `REPLICA_PRIMARY`, `SHARD_SECONDARY`, `SHARD_MONGOS`, or a word that is new to us. */
  readonly typeName?: string | undefined;
  /** The host under the cluster's own name; `hostname` has a name that Atlas made up. */
  readonly userAlias?: string | undefined;
  readonly hostname?: string | undefined;
  readonly replicaSetName?: string | undefined;
  readonly shardName?: string | undefined;
}

/** Processes that route requests or keep the cluster's own settings, not the data. */
const WITHOUT_DATA = /MONGOS|CONFIG/;

/**
 * The ids of the processes that hold a cluster's data, one list for each shard (one in all for a replica set), each with
 * the primary first. Atlas lists the processes of a whole project and names the cluster only in the host:
 * `orders-shard-00-00.abcde.mongodb.net`.
 */
export function dataProcesses(processes: readonly ProcessFacts[], cluster: string): string[][] {
  const shards = new Map<string, string[]>();
  for (const process of processes.toSorted((a, b) => rank(a) - rank(b))) {
    const { id, typeName = '', userAlias, hostname = id } = process;
    if (id === undefined || WITHOUT_DATA.test(typeName)) continue;
    if (!isHostOf(cluster, userAlias ?? hostname ?? '', 'shard')) continue;
    const shard = process.replicaSetName ?? process.shardName ?? '';
    shards.set(shard, [...(shards.get(shard) ?? []), id]);
  }
  return [...shards.values()];
}

function rank({ typeName = '' }: ProcessFacts): number {
  return typeName.includes('PRIMARY') ? 0 : typeName.includes('SECONDARY') ? 1 : 2;
}
