import { ApiError } from './api-error.ts';
import { hashHex } from './identifiers.ts';
import { deploymentName, shardNames } from './replies/names.ts';
import type { ClusterState, World } from './world.ts';

/** Members of a replica set. */
const MEMBERS = [0, 1, 2];
const PORTS = { mongos: 27016, mongod: 27017, config: 27019 } as const;

/** A mongod or mongos of a cluster. */
export interface ProcessView {
  /** Host and port. */
  readonly id: string;
  readonly hostname: string;
  readonly port: number;
  /** The name of the host that begins with the cluster's, by which people know it. */
  readonly alias: string;
  readonly cluster: ClusterState;
  /** Index of the shard. */
  readonly shard: number;
  readonly replicaSet?: string | undefined;
  readonly type:
    | 'REPLICA_PRIMARY'
    | 'REPLICA_SECONDARY'
    | 'SHARD_PRIMARY'
    | 'SHARD_SECONDARY'
    | 'SHARD_CONFIG'
    | 'SHARD_MONGOS';
}

/** The processes of a project: those of its dedicated clusters that run. */
export function processesOf(world: World, project: string): ProcessView[] {
  return world.clusters
    .filter((cluster) => cluster.project === project && !cluster.paused)
    .flatMap(clusterProcesses);
}

/** The processes that a cluster has while it runs, the primary of its first shard first; none of one that is not dedicated. */
export function clusterProcesses(cluster: ClusterState): ProcessView[] {
  if (cluster.kind === 'replicaSet') return replicaSet(cluster, 0, 'REPLICA');
  if (cluster.kind !== 'sharded') return [];
  const shards = Array.from({ length: cluster.shards }, (_, shard) => shard);
  return shards.flatMap((shard) => [...replicaSet(cluster, shard, 'SHARD'), ...helpers(cluster, shard)]);
}

/**
 * One process of a project.
 *
 * @param id host and port.
 * @throws ApiError `HOST_NOT_FOUND`.
 */
export function findProcess(world: World, project: string, id: string): ProcessView {
  const found = processesOf(world, project).find((known) => known.id === id);
  if (!found) throw new ApiError('HOST_NOT_FOUND', id, project);
  return found;
}

/** Whether a process holds databases: the others route, or keep the configuration. */
export function holdsData({ port }: ProcessView): boolean {
  return port === PORTS.mongod;
}

function replicaSet(cluster: ClusterState, shard: number, kind: 'REPLICA' | 'SHARD'): ProcessView[] {
  const replicaSetName = shardNames(cluster)[shard];
  return MEMBERS.map((member) => {
    const type = `${kind}_${member === 0 ? 'PRIMARY' : 'SECONDARY'}` as const;
    return { ...host(cluster, shard, member, PORTS.mongod), type, replicaSet: replicaSetName };
  });
}

/** The routers of a sharded cluster run beside its members, and its configuration beside those of its first shard. */
function helpers(cluster: ClusterState, shard: number): ProcessView[] {
  const replicaSetName = `${deploymentName(cluster)}-config-0`;
  return MEMBERS.flatMap((member) => [
    { ...host(cluster, shard, member, PORTS.mongos), type: 'SHARD_MONGOS' as const },
    ...(shard === 0
      ? [
          {
            ...host(cluster, shard, member, PORTS.config),
            type: 'SHARD_CONFIG' as const,
            replicaSet: replicaSetName,
          },
        ]
      : []),
  ]);
}

function host(
  cluster: ClusterState,
  shard: number,
  member: number,
  port: number,
): Omit<ProcessView, 'type' | 'replicaSet'> {
  const place = `shard-0${shard}-0${member}.${hashHex(`hosts/${cluster.project}`, 5)}.simulated.invalid`;
  const hostname = `${deploymentName(cluster)}-${place}`;
  const alias = `${cluster.name.toLowerCase()}-${place}`;
  return { id: `${hostname}:${port}`, hostname, port, alias, cluster, shard };
}
