import type { AtlasClient } from '../atlas/client.ts';
import { collect } from '../atlas/collect.ts';
import type { AtlasAlert } from '../atlas/resources/alerts.ts';
import type { AtlasCluster } from '../atlas/resources/clusters.ts';
import type { FlexCluster } from '../atlas/resources/flex.ts';
import { readCluster } from '../backups/read-cluster.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { hostOf, isHostOf, namedBy } from './cluster-hosts.ts';
import { look } from './look.ts';

/**
 * What an alert is about: the cluster in question; another one of the project, for sure; the project, since it names nothing
 * smaller; or `unmapped`, something that it names and that belongs to no known cluster.
 */
export type AlertOwner = 'cluster' | 'other' | 'project' | 'unmapped';

/** An alert with its owner. */
export interface OwnedAlert {
  readonly alert: AtlasAlert;
  readonly owner: AlertOwner;
}

/**
 * Determines what alerts of a project are about, in the order of the list. Few alerts name a cluster. The others name a host, its
 * alias, a replica set or a cluster's id; to map these, the project's processes and clusters are read. An alert whose processes the
 * credentials may not read stays unmapped.
 *
 * @throws the errors of the Atlas client.
 */
export async function alertOwners(
  alerts: readonly AtlasAlert[],
  cluster: ClusterRef,
  atlas: AtlasClient,
): Promise<OwnedAlert[]> {
  const isOpen = alerts.some((alert) => ownerByName(alert, cluster) === 'unmapped');
  const known = isOpen ? await readTraces(cluster, atlas) : undefined;
  return alerts.map((alert) => ({ alert, owner: ownerOf(alert, cluster, known) }));
}

function ownerOf(alert: AtlasAlert, cluster: ClusterRef, known: KnownTraces | undefined): AlertOwner {
  const owner = ownerByName(alert, cluster);
  if (owner !== 'unmapped' || known === undefined) return owner;
  if (isNamedIn(alert, known.own)) return 'cluster';
  return isNamedIn(alert, known.others) ? 'other' : 'unmapped';
}

/** As far as the alert alone tells. A host that bears the name of the cluster outweighs the name of another cluster. */
function ownerByName(alert: AtlasAlert, { cluster }: ClusterRef): AlertOwner {
  const name = alert.clusterName ?? '';
  const hosts = hostsOf(alert);
  if (name.toLowerCase() === cluster.toLowerCase()) return 'cluster';
  if (hosts.some((host) => isHostOf(cluster, host))) return 'cluster';
  if (name !== '') return 'other';
  const names = [...hosts, alert.replicaSetName ?? '', alert.clusterId ?? ''];
  return names.some((one) => one !== '') ? 'unmapped' : 'project';
}

function hostsOf({ hostnameAndPort, userAlias }: AtlasAlert): string[] {
  return [hostnameAndPort, userAlias].flatMap((host) =>
    host === undefined || host === '' ? [] : [hostOf(host)],
  );
}

/** What alerts may name of a cluster: ids, hosts in lower case without port, replica sets. */
type Traces = Set<string>;

interface KnownTraces {
  readonly own: Traces;
  readonly others: Traces;
}

function isNamedIn(alert: AtlasAlert, traces: Traces): boolean {
  const names = [...hostsOf(alert), alert.replicaSetName, alert.clusterId];
  return names.some((name) => name !== undefined && traces.has(name));
}

async function readTraces(cluster: ClusterRef, atlas: AtlasClient): Promise<KnownTraces> {
  const groupId = cluster.project;
  const [target, clusters, processes] = await Promise.all([
    look(clusterName(cluster), async () => (await readCluster(cluster, atlas)).cluster),
    look('the clusters', () => collect(atlas.clusters.listClusters({ groupId }))),
    look('the processes', () => collect(atlas.monitoring.listGroupProcesses({ groupId }))),
  ]);
  const own: Traces = new Set('seen' in target ? tracesOf(target.seen) : []);
  const others: Traces = new Set(
    'seen' in clusters ? clusters.seen.filter(({ name }) => name !== cluster.cluster).flatMap(tracesOf) : [],
  );
  if ('seen' in processes) addProcesses(processes.seen, cluster, { own, others });
  return { own, others };
}

function tracesOf(cluster: AtlasCluster | FlexCluster): string[] {
  const strings = 'connectionStrings' in cluster ? (cluster as AtlasCluster).connectionStrings : undefined;
  const { hosts, replicaSet } = namedBy(strings?.standard ?? '');
  return [cluster.id ?? '', ...hosts, replicaSet ?? ''].filter((trace) => trace !== '');
}

interface ProcessNames {
  readonly id?: string | undefined;
  readonly hostname?: string | undefined;
  readonly userAlias?: string | undefined;
  readonly replicaSetName?: string | undefined;
}

/**
 * A process is of the cluster when its host bears the cluster's name or stands in its connection string, or when it is in a
 * replica set of such a process. Without an alias it may be of any cluster.
 */
function addProcesses(processes: readonly ProcessNames[], { cluster }: ClusterRef, known: KnownTraces): void {
  const { own, others } = known;
  const isOwn = (process: ProcessNames) =>
    tracesOfProcess(process).some((trace) => own.has(trace) || isHostOf(cluster, trace));
  for (const process of processes.filter(isOwn)) for (const trace of tracesOfProcess(process)) own.add(trace);
  // Once more: the alias of one member tells the replica set of the others.
  for (const process of processes) {
    const traces = tracesOfProcess(process);
    if (isOwn(process)) for (const trace of traces) own.add(trace);
    else if (process.userAlias !== undefined || traces.some((trace) => others.has(trace))) {
      for (const trace of traces) others.add(trace);
    }
  }
}

function tracesOfProcess({ id, hostname, userAlias, replicaSetName }: ProcessNames): string[] {
  const hosts = [id, hostname, userAlias].filter((host) => host !== undefined).map(hostOf);
  return [...hosts, ...(replicaSetName === undefined ? [] : [replicaSetName])].filter(
    (trace) => trace !== '',
  );
}
