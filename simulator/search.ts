import { z } from 'zod';
import { ApiError } from './api-error.ts';
import type { SearchIndexState, SearchNodesState } from './cluster-parts.ts';
import { isCluster } from './clusters.ts';
import { drawFor, objectId } from './identifiers.ts';
import { type ClusterState, nextSerial, type World } from './world.ts';

/** How long search nodes are still shown while they go away, in milliseconds. */
const DELETION_TAKES = 60_000;

/** A search index as it is sent; what an index of either type holds beside this is kept as it is. */
export const indexRequest = z.looseObject({
  collectionName: z.string().min(1),
  database: z.string().min(1),
  name: z.string().min(1),
  numPartitions: z.literal([1, 2, 4]).default(1),
  type: z.enum(['search', 'vectorSearch']).default('search'),
});

/**
 * Creates a search index.
 *
 * @throws ApiError `ATLAS_SEARCH_DUPLICATE_INDEX` (409) when the collection has one of that name.
 */
export function createIndex(
  world: World,
  cluster: ClusterState,
  body: z.infer<typeof indexRequest>,
  now: number,
): SearchIndexState {
  const twin = cluster.searchIndexes.some(
    ({ definition }) =>
      definition.name === body.name &&
      definition.database === body.database &&
      definition.collectionName === body.collectionName,
  );
  if (twin) throw new ApiError('ATLAS_SEARCH_DUPLICATE_INDEX', body.name);
  const serial = nextSerial(world);
  const index = {
    id: objectId(now, serial),
    definition: body,
    createdAt: now,
    buildSeconds: Math.round(40 + 50 * drawFor(world.seed, `index/${serial}`)),
  };
  cluster.searchIndexes.push(index);
  return index;
}

/** Whether an index can be searched: it is built when it is created, and anew after each restore. */
export function indexStatus(
  world: World,
  cluster: ClusterState,
  index: SearchIndexState,
  now: number,
): 'IN_PROGRESS' | 'STEADY' {
  const restored = world.restoreJobs
    .filter((job) => job.target && isCluster(cluster, job.target) && !job.fails)
    .map((job) => job.endsAt);
  const built = Math.max(index.createdAt, ...restored) + index.buildSeconds * 1000;
  return now < built ? 'IN_PROGRESS' : 'STEADY';
}

/** The search nodes of a cluster, for as long as Atlas shows them. */
export function shownSearchNodes(cluster: ClusterState, now: number): SearchNodesState | undefined {
  const nodes = cluster.searchNodes;
  return nodes?.deletedAt !== undefined && now >= nodes.deletedAt + DELETION_TAKES ? undefined : nodes;
}

/**
 * Deletes the search nodes of a cluster.
 *
 * @throws ApiError `ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST`, which is a 400 of Atlas, also while they are going.
 */
export function deleteSearchNodes(cluster: ClusterState, now: number): void {
  const nodes = shownSearchNodes(cluster, now);
  if (!nodes || nodes.deletedAt !== undefined) {
    throw new ApiError('ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST', cluster.name);
  }
  nodes.deletedAt = now;
}
