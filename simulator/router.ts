import { ACCESS_OPERATIONS } from './operations/access-operations.ts';
import { CLUSTER_OPERATIONS } from './operations/cluster-operations.ts';
import { ENCRYPTION_OPERATIONS } from './operations/encryption-operations.ts';
import { FLEX_OPERATIONS } from './operations/flex-operations.ts';
import { MIGRATION_OPERATIONS } from './operations/migration-operations.ts';
import { NETWORK_OPERATIONS } from './operations/network-operations.ts';
import type { Operation } from './operations/operation.ts';
import { ORGANIZATION_OPERATIONS } from './operations/organization-operations.ts';
import { PIPELINE_OPERATIONS } from './operations/pipeline-operations.ts';
import { PROCESS_OPERATIONS } from './operations/process-operations.ts';
import { PROJECT_OPERATIONS } from './operations/project-operations.ts';
import { RESTORE_OPERATIONS } from './operations/restore-operations.ts';
import { SEARCH_OPERATIONS } from './operations/search-operations.ts';
import { SCHEDULE_OPERATIONS } from './operations/schedule-operations.ts';
import { SNAPSHOT_EXPORT_OPERATIONS } from './operations/snapshot-export-operations.ts';
import { SNAPSHOT_OPERATIONS } from './operations/snapshot-operations.ts';
import type { Scope } from './roles.ts';

/** How the paths of each scope begin. */
const BASES: Readonly<Record<Scope, string>> = {
  everywhere: '/api/atlas/v2',
  project: '/api/atlas/v2/groups/{groupId}',
  organization: '/api/atlas/v2/orgs/{orgId}',
  federation: '/api/atlas/v2/federationSettings/{federationSettingsId}',
};

/** An operation and the parts of the path that it was found by. */
export interface Route {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, string>>;
}

const ROUTES = [
  ...ACCESS_OPERATIONS,
  ...CLUSTER_OPERATIONS,
  ...ENCRYPTION_OPERATIONS,
  ...FLEX_OPERATIONS,
  ...MIGRATION_OPERATIONS,
  ...NETWORK_OPERATIONS,
  ...ORGANIZATION_OPERATIONS,
  ...PIPELINE_OPERATIONS,
  ...PROCESS_OPERATIONS,
  ...PROJECT_OPERATIONS,
  ...RESTORE_OPERATIONS,
  ...SEARCH_OPERATIONS,
  ...SCHEDULE_OPERATIONS,
  ...SNAPSHOT_EXPORT_OPERATIONS,
  ...SNAPSHOT_OPERATIONS,
]
  .map((operation) => ({
    operation,
    parts: (BASES[operation.scope ?? 'project'] + operation.path).split('/').map(partOf),
  }))
  // A literal part is a better match than a name: `snapshots/shardedClusters` is no snapshot's id.
  .sort((a, b) => named(a.parts) - named(b.parts));

/** A part of a path: a text to the letter, or the name of a value and what follows it. */
type Part = string | { readonly name: string; readonly verb: string };

function partOf(part: string): Part {
  const [, name, verb = ''] = /^\{(\w+)\}(:\w+)?$/.exec(part) ?? [];
  return name === undefined ? part : { name, verb };
}

function named(parts: readonly Part[]): number {
  return parts.filter((part) => typeof part !== 'string').length;
}

/** The same by the number of their parts, which a path that fits has, too. */
const ROUTES_BY_LENGTH = new Map<number, (typeof ROUTES)[number][]>();
for (const route of ROUTES) {
  const alike = ROUTES_BY_LENGTH.get(route.parts.length) ?? [];
  ROUTES_BY_LENGTH.set(route.parts.length, [...alike, route]);
}

/**
 * Finds the operation of a request.
 *
 * @returns `methodNotAllowed` when the path is known with another method; undefined for an unknown path.
 */
export function findRoute(method: string, path: string): Route | 'methodNotAllowed' | undefined {
  const given = path.split('/').map(decoded);
  let known = false;
  for (const { operation, parts } of ROUTES_BY_LENGTH.get(given.length) ?? []) {
    const parameters = matchParts(parts, given);
    if (!parameters) continue;
    if (operation.method === method) return { operation, parameters };
    known = true;
  }
  return known ? 'methodNotAllowed' : undefined;
}

function matchParts(
  parts: readonly Part[],
  given: readonly (string | undefined)[],
): Record<string, string> | undefined {
  // Most routes are told apart by their words alone.
  if (parts.some((part, index) => typeof part === 'string' && part !== given[index])) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = given[index];
    if (value === undefined) return undefined;
    if (typeof part === 'string') continue;
    const { name, verb } = part;
    if (!value.endsWith(verb)) return undefined;
    parameters[name] = value.slice(0, value.length - verb.length);
    // A cluster's name has no colon: what follows one is a verb, and another operation.
    if (name === 'clusterName' && parameters[name].includes(':')) return undefined;
  }
  return parameters;
}

/** A part of a path without its percent signs: an endpoint of Azure and a block of addresses hold slashes. */
function decoded(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
