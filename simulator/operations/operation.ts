import type { ApiRequest, HandlerReply } from '../http-types.ts';
import type { Permission } from '../roles.ts';

/** One operation of the Admin API. */
export interface Operation {
  /** MongoDB's operationId. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path below `/api/atlas/v2/groups/{groupId}`, with `{names}`. */
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

/** A part of the path by its name; the router only lets paths through that have it. */
export function part(request: ApiRequest, name: string): string {
  return request.parameters[name] ?? '';
}
