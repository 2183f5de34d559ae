import type * as z from 'zod';
import type { CallFacts } from './errors.ts';
import { AtlasRequestError } from './errors.ts';
import type { Operation } from './operation.ts';

/** A call of an operation, checked and spelled out, but for its authorization. */
export interface PreparedCall extends CallFacts {
  readonly method: Operation['method'];
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Sent at once and a single time: see {@link Operation}. */
  readonly promptly?: boolean | undefined;
  /** Values in the body that no message may repeat. */
  readonly secrets?: readonly string[];
}

/** Which page of a list, counted from 1. */
export interface PageWanted {
  readonly pageNum: number;
  readonly itemsPerPage: number;
}

/** Where and when a call is made. */
export interface Occasion {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Turns an operation and its parameters into a request.
 *
 * @throws AtlasRequestError listing every fault of the parameters.
 */
export function prepare(
  { baseUrl, now }: Occasion,
  operation: Operation,
  params: unknown,
  page?: PageWanted,
): PreparedCall {
  const checked = operation.params.safeParse(params);
  const faults = checked.success
    ? (operation.faultsAt?.(checked.data, now) ?? [])
    : checked.error.issues.map((issue) => faultOf(issue, params));
  if (!checked.success || faults.length > 0) throw new AtlasRequestError(operation.operationId, faults);
  const { body, ...rest } = checked.data;
  const { path, query } = spread(operation, rest);
  const url = new URL(baseUrl + path);
  for (const [name, value] of [...query, ...Object.entries(page ?? {})])
    url.searchParams.append(name, String(value));
  const mediaType = `application/vnd.atlas.${operation.version}+json`;
  return {
    operation: operation.operationId,
    effect: operation.effect,
    roles: operation.roles,
    label: label(operation.operationId, rest),
    method: operation.method,
    url,
    headers: { accept: mediaType, ...(body === undefined ? {} : { 'content-type': mediaType }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    promptly: operation.promptly,
    secrets: valuesOf(operation.secrets ?? [], body),
  };
}

/** Deals the parameters out: those that the path names go there, the rest into the query, lists one by one. */
function spread(operation: Operation, params: Readonly<Record<string, unknown>>) {
  const left = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    // A colon may stand in a path as it is, and Atlas's document asks for it that way.
    const part = encodeURIComponent(String(left.get(name))).replaceAll('%3A', ':');
    // A URL gives these two a meaning of their own, however they are encoded.
    if (part === '.' || part === '..')
      throw new AtlasRequestError(operation.operationId, [`${name}: must not be ${part}`]);
    left.delete(name);
    return part;
  });
  const query = [...left].flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  return { path, query };
}

/** The values of fields of these names, at whatever depth. */
function valuesOf(names: readonly string[], value: unknown): string[] {
  if (names.length === 0 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    typeof field === 'string' ? (names.includes(name) ? [field] : []) : valuesOf(names, field),
  );
}

function label(operationId: string, params: Readonly<Record<string, unknown>>): string {
  const cluster = params.clusterName ?? params.name;
  if (typeof cluster === 'string') return `${operationId} (cluster ${cluster})`;
  const { groupId: project, orgId: organization } = params;
  if (typeof project === 'string') return `${operationId} (project ${project})`;
  return typeof organization === 'string' ? `${operationId} (organization ${organization})` : operationId;
}

/** Everything that is wrong with the parameters of an operation; empty when nothing is. */
export function faultsOf(operation: Operation, params: unknown): string[] {
  const checked = operation.params.safeParse(params);
  return checked.success ? [] : checked.error.issues.map((issue) => faultOf(issue, params));
}

/** One fault of the parameters. What is not there at all is said to be missing, whatever it should have been. */
function faultOf(issue: z.core.$ZodIssue, params: unknown): string {
  const [name, ...deeper] = issue.path;
  const given: object = typeof params === 'object' && params !== null ? params : {};
  const missing = name !== undefined && deeper.length === 0 && !(name in given);
  return missing ? `${String(name)}: is missing` : fault(issue);
}

/** One fault of a parameter or of a reply, with the name of the field. Zod's messages repeat no values. */
export function fault(issue: z.core.$ZodIssue): string {
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
