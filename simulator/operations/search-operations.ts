import { ApiError } from '../api-error.ts';
import type { SearchIndexState } from '../cluster-parts.ts';
import { checkChangeable } from '../clusters.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { checkedBody } from '../request-body.ts';
import { createIndex, deleteSearchNodes, indexRequest, indexStatus, shownSearchNodes } from '../search.ts';
import type { ClusterState } from '../world.ts';
import { clusterOf, found, LOOK, type Operation, part } from './operation.ts';

const INDEXES = '/clusters/{clusterName}/fts/indexes';
const NODES = '/clusters/{clusterName}/search/deployment';

/** Version of the search nodes from which none are an empty object, and no error. */
const EMPTY_SINCE = '2025-03-12';

/** Search indexes and search nodes of a cluster. */
export const SEARCH_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'createClusterFtsIndex',
    method: 'POST',
    path: INDEXES,
    permission: 'editSearchIndexes',
    changes: true,
    ends: {
      '2023-01-01': { deprecation: 'Thu, 30 May 2024 00:00:00 GMT', sunset: 'Thu, 1 Jul 2027 00:00:00 GMT' },
    },
    handle: create,
  },
  {
    ...LOOK,
    id: 'listClusterFtsIndex',
    path: `${INDEXES}/{databaseName}/{collectionName}`,
    handle: (request) => {
      const cluster = clusterOf(request, 'shared');
      const [database, collection] = [part(request, 'databaseName'), part(request, 'collectionName')];
      const indexes = cluster.searchIndexes.filter(
        ({ definition }) => definition.database === database && definition.collectionName === collection,
      );
      return { status: 200, body: indexes.map((index) => indexReply(request, cluster, index)) };
    },
  },
  {
    ...LOOK,
    id: 'getClusterFtsIndex',
    path: `${INDEXES}/{indexId}`,
    handle: (request) => {
      const cluster = clusterOf(request, 'shared');
      const id = part(request, 'indexId');
      const index = found(cluster.searchIndexes, id, new ApiError('RESOURCE_NOT_FOUND', id));
      return { status: 200, body: indexReply(request, cluster, index) };
    },
  },
  {
    ...LOOK,
    id: 'getClusterSearchDeployment',
    path: NODES,
    versions: ['2024-05-30', EMPTY_SINCE],
    handle: nodesReply,
  },
  {
    ...LOOK,
    id: 'deleteClusterSearchDeployment',
    method: 'DELETE',
    path: NODES,
    versions: ['2023-01-01', '2024-05-30'],
    permission: 'manageCluster',
    changes: true,
    handle: (request) => {
      const cluster = clusterOf(request, 'dedicated');
      checkChangeable(request.world, cluster, request.now);
      deleteSearchNodes(cluster, request.now);
      return { status: request.version === '2023-01-01' ? 200 : 204 };
    },
  },
];

function create(request: ApiRequest): HandlerReply {
  const { world, now } = request;
  const cluster = clusterOf(request, 'shared');
  if (cluster.paused) throw new ApiError('CANNOT_UPDATE_PAUSED_CLUSTER', cluster.name);
  const index = createIndex(world, cluster, checkedBody(indexRequest, request.body), now);
  return { status: 200, body: indexReply(request, cluster, index) };
}

function indexReply(request: ApiRequest, cluster: ClusterState, index: SearchIndexState): unknown {
  const status = indexStatus(request.world, cluster, index, request.now);
  return { ...index.definition, indexID: index.id, status };
}

function nodesReply(request: ApiRequest): HandlerReply {
  const cluster = clusterOf(request, 'dedicated');
  const nodes = shownSearchNodes(cluster, request.now);
  if (!nodes) {
    if (request.version === EMPTY_SINCE) return { status: 200, body: {} };
    throw new ApiError('ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST', cluster.name);
  }
  const { id, instanceSize, nodeCount, deletedAt } = nodes;
  const stateName = deletedAt === undefined ? 'IDLE' : 'UPDATING';
  const specs = [{ instanceSize, nodeCount }];
  return {
    status: 200,
    body: {
      encryptionAtRestProvider: cluster.encryption,
      groupId: cluster.project,
      id,
      specs,
      stateName,
    },
  };
}
