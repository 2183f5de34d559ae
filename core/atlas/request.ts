import type { z } from 'zod';
import type { CallFacts } from './errors.ts';
import { AtlasRequestError } from './errors.ts';
import type { Operation } from './operation.ts';

/** A call of an operation, checked and spelled out, but for its authorization. */
export interface PreparedCall extends CallFacts {
  readonly method: Operation['method'];
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Which page of a list, counted from 1. */
export interface PageWanted {
  readonly pageNum: number;
  readonly itemsPerPage: number;
}

/**
 * Turns an operation and its parameters into a request.
 *
 * @param baseUrl without a slash at its end.
 * @throws AtlasRequestError listing every fault of the parameters.
 */
export function prepare(
  baseUrl: string,
  operation: Operation,
  params: unknown,
  page?: PageWanted,
): PreparedCall {
  const checked = operation.params.safeParse(params);
  if (!checked.success) throw new AtlasRequestError(operation.operationId, checked.error.issues.map(fault));
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
  };
}

/** Deals the parameters out: those that the path names go there, the rest into the query, lists one by one. */
function spread(operation: Operation, params: Readonly<Record<string, unknown>>) {
  const left = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = encodeURIComponent(String(left.get(name)));
    // A URL gives these two a meaning of their own, however they are encoded.
    if (part === '.' || part === '..')
      throw new AtlasRequestError(operation.operationId, [`${name}: must not be ${part}`]);
    left.delete(name);
    return part;
  });
  const query = [...left].flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const));
  return { path, query };
}

function label(operationId: string, params: Readonly<Record<string, unknown>>): string {
  const cluster = params.clusterName ?? params.name;
  if (typeof cluster === 'string') return `${operationId} (cluster ${cluster})`;
  const project = params.groupId;
  return typeof project === 'string' ? `${operationId} (project ${project})` : operationId;
}

/** One fault of a parameter or of a reply, with the name of the field. Zod's messages repeat no values. */
export function fault(issue: z.core.$ZodIssue): string {
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
