import type { ApiRequest } from '../http-types.ts';
import { objectId } from '../identifiers.ts';
import { link } from '../pages.ts';
import { clusterProcesses } from '../processes.ts';
import type { AlertState, ClusterState } from '../world.ts';
import { instant } from './instant.ts';
import { projectPath, shardNames } from './names.ts';

/** Types of events about a host (`HostEventTypeViewForNdsGroupAlertable` of Atlas's OpenAPI document). */
const ABOUT_HOST = /^(HOST_|SSH_KEY_NDS_HOST_|ALERT_HOST_|PUSH_BASED_LOG_EXPORT_|VERSION_BEHIND|PROFILER_)/;
/** A metric of a host. */
const ABOUT_METRIC = 'OUTSIDE_METRIC_THRESHOLD';
/** Types of events about a replica set (`ReplicaSetEventTypeViewForNdsGroupAlertable`). */
const ABOUT_REPLICA_SET =
  /^(NO_PRIMARY|PRIMARY_ELECTED|TOO_MANY_ELECTIONS|TOO_(FEW|MANY)_(UN)?HEALTHY_|REPLICATION_OPLOG_)/;

/**
 * An alert of a project with the fields that recorded alerts have. Only an alert about a cluster as a whole, or about a flex
 * cluster, names its cluster; others name a host and its alias, or a replica set and the cluster's id.
 */
export function alertReply(request: ApiRequest, alert: AlertState): unknown {
  const cluster = request.world.clusters.find(
    ({ project, name }) => project === alert.project && name === alert.cluster,
  );
  const organization = request.world.projects.find(({ id }) => id === alert.project)?.organization;
  const fields = {
    alertConfigId: objectId(0x5e2f1c0a * 1000, `alertConfig/${alert.eventType}`),
    created: instant(alert.createdAt),
    eventTypeName: alert.eventType,
    groupId: alert.project,
    id: alert.id,
    lastNotified: instant(alert.createdAt),
    links: [link(request, 'self', `${projectPath(alert.project)}/alerts/${alert.id}`)],
    orgId: organization,
    ...(alert.status === 'CLOSED' && { resolved: instant(alert.createdAt + 600_000) }),
    status: alert.status,
    updated: instant(alert.createdAt),
    ...place(alert, cluster),
  };
  // Atlas sends the fields of an alert in alphabetical order.
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function place(alert: AlertState, cluster: ClusterState | undefined): Record<string, unknown> {
  const { eventType, hostnameAndPort, cluster: name } = alert;
  const metric = eventType === ABOUT_METRIC ? METRIC : {};
  if (hostnameAndPort !== undefined) return { hostnameAndPort, ...metric };
  if (cluster === undefined || cluster.kind === 'flex' || cluster.kind === 'serverless') {
    return name === undefined ? {} : { clusterName: name };
  }
  const [first] = clusterProcesses(cluster);
  if (first !== undefined && eventType === ABOUT_METRIC) {
    return { hostnameAndPort: first.id, userAlias: first.alias, ...metric };
  }
  if (first !== undefined && ABOUT_HOST.test(eventType)) {
    return { hostnameAndPort: first.id, replicaSetName: first.replicaSet, userAlias: first.alias };
  }
  if (ABOUT_REPLICA_SET.test(eventType)) {
    return { clusterId: cluster.id, replicaSetName: shardNames(cluster)[0] };
  }
  return { clusterName: cluster.name };
}

const METRIC = {
  currentValue: { number: 97.5, units: 'RAW' },
  metricName: 'NORMALIZED_SYSTEM_CPU_USER',
} as const;
