import { ApiError } from '../api-error.ts';
import { findCluster } from '../clusters.ts';
import { projectEvents } from '../events.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { page } from '../pages.ts';
import { alertReply } from '../replies/alert-reply.ts';
import { clusterReply } from '../replies/cluster-reply.ts';
import { eventReply, projectReply } from '../replies/project-replies.ts';
import { CLUSTER_LIMIT, LOOK, type Operation, part, projectOf } from './operation.ts';

/** What an alert can be matched by, as the Admin API's document lists it. */
const MATCHER_FIELDS = [
  'APPLICATION_ID',
  'CLUSTER_NAME',
  'TYPE_NAME',
  'HOSTNAME',
  'PORT',
  'HOSTNAME_AND_PORT',
  'REPLICA_SET_NAME',
  'ATLAS_NODE_TYPE',
  'SHARD_NAME',
  'INSTANCE_NAME',
  'PROCESSOR_NAME',
  'RULE_ID',
  'SOFTWARE_TYPE',
];

/** A project with its clusters, events and alerts. */
export const PROJECT_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'getGroup',
    path: '',
    handle: (request) => ({ status: 200, body: projectReply(request, projectOf(request)) }),
  },
  {
    ...LOOK,
    id: 'enableManagedSlowMs',
    method: 'POST',
    path: '/managedSlowMs/enable',
    permission: 'ownProject',
    changes: true,
    handle: (request) => {
      projectOf(request).managedSlowMs = true;
      return { status: 204 };
    },
  },
  {
    ...LOOK,
    id: 'listMatcherFieldNames',
    scope: 'everywhere',
    path: '/alertConfigs/matchers/fieldNames',
    permission: 'anyRole',
    handle: () => ({ status: 200, body: MATCHER_FIELDS }),
  },
  {
    ...LOOK,
    id: 'getCluster',
    path: '/clusters/{clusterName}',
    versions: ['2023-02-01', '2024-08-05'],
    perMinute: CLUSTER_LIMIT,
    ends: {
      '2023-02-01': { deprecation: 'Mon, 5 Aug 2024 00:00:00 GMT', sunset: 'Thu, 1 Jul 2027 00:00:00 GMT' },
    },
    handle: (request) => {
      const key = { project: part(request, 'groupId'), cluster: part(request, 'clusterName') };
      return { status: 200, body: clusterReply(request, findCluster(request.world, key, 'dedicated')) };
    },
  },
  {
    ...LOOK,
    id: 'listClusters',
    path: '/clusters',
    versions: ['2024-08-05'],
    perMinute: CLUSTER_LIMIT,
    handle: listClusters,
  },
  {
    ...LOOK,
    id: 'listGroupEvents',
    path: '/events',
    handle: listEvents,
  },
  {
    ...LOOK,
    id: 'listAlerts',
    path: '/alerts',
    handle: listAlerts,
  },
];

/** Flex clusters have a list of their own, and serverless ones are not told of at all. */
function listClusters(request: ApiRequest): HandlerReply {
  const clusters = request.world.clusters.filter(
    ({ project, kind }) =>
      project === part(request, 'groupId') && (kind === 'replicaSet' || kind === 'sharded'),
  );
  return page(request, clusters, (cluster) => clusterReply(request, cluster));
}

function listEvents(request: ApiRequest): HandlerReply {
  const project = request.world.projects.find((known) => known.id === part(request, 'groupId'));
  const clusters = request.query.getAll('clusterNames').flatMap((names) => names.split(','));
  const types = request.query.getAll('eventType').flatMap((names) => names.split(','));
  const excluded = request.query.getAll('excludedEventType').flatMap((names) => names.split(','));
  const from = dateParameter(request, 'minDate') ?? -Infinity;
  const until = dateParameter(request, 'maxDate') ?? Infinity;
  const events = project ? projectEvents(request.world, project, request.now) : [];
  const wanted = events.filter(
    (event) =>
      (clusters.length === 0 || event.clusters.some((name) => clusters.includes(name))) &&
      (types.length === 0 || types.includes(event.type)) &&
      !excluded.includes(event.type) &&
      event.at >= from &&
      event.at <= until,
  );
  return page(request, wanted, (event) => eventReply(request, event));
}

function dateParameter(request: ApiRequest, name: string): number | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new ApiError('INVALID_QUERY_PARAMETER', name);
  return instant;
}

function listAlerts(request: ApiRequest): HandlerReply {
  const status = request.query.get('status');
  if (status !== null && !['OPEN', 'TRACKING', 'CLOSED'].includes(status)) {
    throw new ApiError('INVALID_ENUM_VALUE', status);
  }
  const wanted = request.world.alerts
    .filter(
      (alert) => alert.project === part(request, 'groupId') && (status === null || alert.status === status),
    )
    // Oldest first, unlike Atlas's other lists.
    .sort((a, b) => a.createdAt - b.createdAt);
  return page(request, wanted, (alert) => alertReply(request, alert));
}
