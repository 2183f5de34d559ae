import { roleNeeded } from '../atlas/advice.ts';
import type { AtlasClient } from '../atlas/client.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { Operation } from '../atlas/operation.ts';
import { operationOf } from '../atlas/resources.ts';
import { readKind } from '../backups/read-cluster.ts';
import type { ClusterKind } from '../runbooks/cluster.ts';
import { placeOf } from '../runbooks/place.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { neededCalls, type NeededCall } from './needed-calls.ts';

/** Whether the credentials may use an operation. */
export interface OperationAccess {
  readonly operationId: string;
  readonly effect: Operation['effect'];
  /** Any one of these roles is enough; without one, any role is. */
  readonly roles: readonly string[];
  /** The project that it is used in; absent for operations of an organization, or of nothing in particular. */
  readonly project?: string;
  /** What needs it: `restore`, `verification`, or a step as `stage/name`. */
  readonly neededBy: readonly string[];
  /** `unknown`: it could not be tried, as no change ever is. */
  readonly access: 'allowed' | 'refused' | 'unknown';
  /** What Atlas answered, or which role it takes. */
  readonly message: string;
}

/** 404s that hide what the credentials may not see. */
const HIDDEN = ['GROUP_NOT_FOUND', 'ORG_NOT_FOUND', 'ORGANIZATION_NOT_FOUND'];

/**
 * Tells which operations a runbook needs, and which of them the credentials may use. Operations that only read are tried
 * with the runbook's own clusters and settings; a change can't be tried, so its role is named. Nothing is changed.
 *
 * @throws the errors of the Atlas client but AtlasError: wrong credentials, an Atlas out of reach.
 */
export async function checkAccess(runbook: Runbook, atlas: AtlasClient): Promise<readonly OperationAccess[]> {
  const found: Found = new Map();
  const results = new Map<string, OperationAccess>();
  for (const call of neededCalls(runbook, await kindOfBackedUp(runbook, atlas))) {
    const key = sameness(call);
    const known = results.get(key);
    if (known === undefined) results.set(key, await tryCall(call, found, atlas));
    else results.set(key, { ...known, neededBy: [...new Set([...known.neededBy, call.neededBy])] });
  }
  return [...results.values()];
}

/**
 * Calls that are alike are tried once. Those that ask for something else, such as another organization, are not alike;
 * a change is never tried, so there only the project counts.
 */
function sameness(call: NeededCall): string {
  const { operationId, project, params } = call;
  const operation = operationOf(operationId);
  const asked = operation.effect === 'change' ? [] : Object.keys(operation.params.shape);
  return JSON.stringify([operationId, project, ...asked.map((name) => params[name])]);
}

/**
 * The kind of the cluster whose snapshots are used or taken. Dedicated when it can't be told: that this is so is told by the
 * operations themselves.
 */
async function kindOfBackedUp(runbook: Runbook, atlas: AtlasClient): Promise<ClusterKind> {
  const { source, target } = placeOf(runbook);
  const cluster = runbook.kind === 'cutover' ? target : source;
  if (cluster === undefined) return 'replicaSet';
  try {
    return await readKind(cluster, atlas);
  } catch (error) {
    if (error instanceof AtlasError) return 'replicaSet';
    throw error;
  }
}

/** What earlier calls have found: ids that later ones ask with. By project and the parameter's name. */
type Found = Map<string, string>;

async function tryCall(call: NeededCall, found: Found, atlas: AtlasClient): Promise<OperationAccess> {
  const operation = operationOf(call.operationId);
  const { operationId, effect, roles } = operation;
  const facts = {
    operationId,
    effect,
    roles,
    ...(call.project !== undefined && { project: call.project }),
    neededBy: [call.neededBy],
  };
  const takes = roles.length === 0 ? 'It takes any role.' : `It takes ${roleNeeded(roles)}.`;
  if (effect === 'change') {
    return { ...facts, access: 'unknown', message: `A change is not tried. ${takes}` };
  }
  const params = paramsOf(operation, call, found);
  if (!operation.params.safeParse(params).success) {
    return {
      ...facts,
      access: 'unknown',
      message: `What it asks with is known only while the job runs. ${takes}`,
    };
  }
  try {
    const paged = operation.shape === 'list' && operation.paged;
    const reply = await atlas.call(operationId, params, paged ? { pageNum: 1, itemsPerPage: 1 } : undefined);
    remember(reply, call, found);
    return { ...facts, access: 'allowed', message: 'Atlas answered.' };
  } catch (error) {
    if (!(error instanceof AtlasError)) throw error;
    return { ...facts, ...judge(error, takes) };
  }
}

function judge(error: AtlasError, takes: string): Pick<OperationAccess, 'access' | 'message'> {
  const { status, errorCode, message, next } = error;
  if (status === 401 || status === 403) {
    return { access: 'refused', message: next === undefined ? message : `${message} ${next}` };
  }
  const hidden = status === 404 && HIDDEN.includes(errorCode ?? '');
  if (hidden || error.retryable) return { access: 'unknown', message: `${message} ${takes}` };
  // Whoever may not ask is told so before anything else.
  return { access: 'allowed', message: `It may be used, though ${message}` };
}

/** The parameters that an operation knows, out of all there are to fill in. */
function paramsOf(
  operation: Operation,
  { params, project = '' }: NeededCall,
  found: Found,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(operation.params.shape)
      .map((name) => [name, params[name] ?? found.get(`${project}/${name}`)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** Under which names the first item of a list says what other operations ask with. */
const TELLS: Readonly<Record<string, readonly [field: string, param: string]>> = {
  listGroupProcesses: ['id', 'processId'],
  listProcessDisks: ['partitionName', 'partitionName'],
  listDatabases: ['databaseName', 'databaseName'],
};

function remember(reply: unknown, { operationId, project = '' }: NeededCall, found: Found): void {
  const tells = TELLS[operationId];
  if (tells === undefined || typeof reply !== 'object' || reply === null || !('results' in reply)) return;
  const first: unknown = Array.isArray(reply.results) ? reply.results[0] : undefined;
  if (typeof first !== 'object' || first === null) return;
  const value: unknown = Object.entries(first).find(([name]) => name === tells[0])?.[1];
  if (typeof value === 'string') found.set(`${project}/${tells[1]}`, value);
}
