import { FLEX_OPERATIONS } from './operations/flex-operations.ts';
import type { Operation } from './operations/operation.ts';
import { PROJECT_OPERATIONS } from './operations/project-operations.ts';
import { RESTORE_OPERATIONS } from './operations/restore-operations.ts';
import { SNAPSHOT_OPERATIONS } from './operations/snapshot-operations.ts';

const BASE = '/api/atlas/v2/groups/{groupId}';

/** An operation and the parts of the path that it was found by. */
export interface Route {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

const ROUTES = [...SNAPSHOT_OPERATIONS, ...RESTORE_OPERATIONS, ...FLEX_OPERATIONS, ...PROJECT_OPERATIONS]
  .map((operation) => ({ operation, parts: (BASE + operation.path).split('/') }))
  // A literal part is a better match than a name: `snapshots/shardedClusters` is no snapshot's id.
  .sort((a, b) => named(a.parts) - named(b.parts));

function named(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith('{')).length;
}

/**
 * Finds the operation of a request.
 *
 * @returns `methodNotAllowed` when the path is known with another method; undefined for an unknown path.
 */
export function findRoute(method: string, path: string): Route | 'methodNotAllowed' | undefined {
  let known = false;
  for (const { operation, parts } of ROUTES) {
    const parameters = matchParts(parts, path.split('/'));
    if (!parameters) continue;
    if (operation.method === method) return { operation, parameters };
    known = true;
  }
  return known ? 'methodNotAllowed' : undefined;
}

function matchParts(parts: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return parameters;
}
