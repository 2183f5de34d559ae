/** How many characters of a cluster's name its hosts are named by; Atlas keeps them unique in a project. */
const NAME_IN_HOST = 23;

/**
 * Whether a host bears the name of a cluster: `orders-shard-00-00.abcde.mongodb.net` is of `orders`, and
 * `orders-drill-shard-00-00.abcde.mongodb.net` is not.
 *
 * @param host with or without a port, in any case.
 * @param role what the host is for: `shard`, `config`; by default any.
 */
export function isHostOf(cluster: string, host: string, role = '[a-z]+'): boolean {
  const name = cluster.toLowerCase();
  const pattern = new RegExp(`^(${name}|${name.slice(0, NAME_IN_HOST)})-${role}-\\d+-\\d+(-[a-z]+)?([.:]|$)`);
  return pattern.test(host.toLowerCase());
}

/** A host in lower case, without the port. */
export function hostOf(hostAndPort: string): string {
  return hostAndPort.toLowerCase().replace(/:\d+$/, '');
}

/** The hosts and the replica set that a `mongodb://` connection string names; nothing for text that is none. */
export function namedBy(connectionString: string): {
  readonly hosts: string[];
  readonly replicaSet?: string;
} {
  const [, hosts, options = ''] =
    /^mongodb:\/\/(?:[^@/?]*@)?([^/?]+)(?:\/[^?]*)?(?:\?(.*))?$/.exec(connectionString) ?? [];
  if (hosts === undefined) return { hosts: [] };
  const replicaSet = new URLSearchParams(options).get('replicaSet') ?? '';
  return { hosts: hosts.split(',').map(hostOf), ...(replicaSet !== '' && { replicaSet }) };
}
