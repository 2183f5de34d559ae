import { ApiError } from '../api-error.ts';
import { type ClusterApi, findCluster } from '../clusters.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import type { ProjectState } from '../project-state.ts';
import type { Permission, Scope } from '../roles.ts';
import type { ClusterState } from '../world.ts';

/** One operation of the Admin API. */
export interface Operation {
  /** MongoDB's operationId, or the shorter name that its document overrides it with. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Where it works; a project unless it says otherwise. */
  readonly scope?: Scope;
  /** Path below that of its scope, with `{names}`. */
  readonly path: string;
  /** Versions of the resource, `YYYY-MM-DD`, oldest first. */
  readonly versions: readonly string[];
  readonly permission: Permission;
  /** Requests a minute; operations of the same number share a bucket, as Atlas's do. */
  readonly perMinute: number;
  /** When each version, or all of them, were announced to end, and end: HTTP dates. */
  readonly ends?: Readonly<Record<string, { readonly deprecation: string; readonly sunset?: string }>>;
  /** Whether it can change the world, which is saved before the reply then. */
  readonly changes: boolean;
  readonly handle: (request: ApiRequest) => HandlerReply;
}

/** What Atlas lets through in a minute for most operations, and for clusters. */
export const USUAL_LIMIT = 1200;
export const CLUSTER_LIMIT = 10_000;

/** What most operations have in common: that of a look. */
export const LOOK = {
  method: 'GET',
  versions: ['2023-01-01'],
  permission: 'read',
  perMinute: USUAL_LIMIT,
  changes: false,
} as const;

/** A part of the path by its name; the router only lets paths through that have it. */
export function part(request: ApiRequest, name: string): string {
  return request.parameters[name] ?? '';
}

/** The project of the path, which was looked up when the credential was let in. */
export function projectOf(request: ApiRequest): ProjectState {
  const id = part(request, 'groupId');
  const found = request.world.projects.find((known) => known.id === id);
  if (!found) throw new ApiError('GROUP_NOT_FOUND', id);
  return found;
}

/**
 * The cluster of the path.
 *
 * @throws ApiError `CLUSTER_NOT_FOUND`, or the code by which Atlas tells that it belongs to the other API.
 */
export function clusterOf(request: ApiRequest, api: ClusterApi): ClusterState {
  const key = { project: part(request, 'groupId'), cluster: part(request, 'clusterName') };
  return findCluster(request.world, key, api);
}

/** One of a list by its id, or the error for one that is not there. */
export function found<T extends { readonly id: string }>(
  items: readonly T[],
  id: string,
  error: ApiError,
): T {
  const item = items.find((known) => known.id === id);
  if (!item) throw error;
  return item;
}
