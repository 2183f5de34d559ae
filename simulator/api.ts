import { ApiError, errorBody } from './api-error.ts';
import type { Auth } from './auth.ts';
import { jsonReply, type Reply } from './http-types.ts';
import { mediaType, negotiatedVersion } from './media-types.ts';
import type { Operation } from './operations/operation.ts';
import { parsedBody } from './request-body.ts';
import { rateLimitHeaders, type RateLimits } from './rate-limits.ts';
import { checkAccess } from './roles.ts';
import type { Route } from './router.ts';
import type { World } from './world.ts';

/** A request as it came over the wire. */
export interface Incoming {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the API needs beside the request. */
export interface ApiContext {
  readonly world: World;
  readonly auth: Auth;
  readonly limits: RateLimits;
  readonly baseUrl: string;
  /** Keeps the world; called after a change and before the reply is sent. */
  readonly save: (now: number) => void;
}

/** Answers a request to the Admin API: sign-in, rate limit, version, roles, and then the operation itself. */
export function answerApi(
  context: ApiContext,
  incoming: Incoming,
  route: Route | undefined,
  now: number,
): Reply {
  const authorization = header(incoming, 'authorization');
  const identified = context.auth.identify({ ...incoming, authorization }, now);
  if ('status' in identified) return identified;
  const perMinute = route?.operation.perMinute ?? 1200;
  const taken = context.limits.take(`${identified.clientId}/${perMinute}`, perMinute, now);
  const headers: Record<string, string> = rateLimitHeaders(taken);
  try {
    if (!taken.allowed) throw new ApiError('RATE_LIMITED', String(perMinute));
    if (!route) throw new ApiError('RESOURCE_NOT_FOUND', incoming.path);
    const { operation, parameters } = route;
    const version = negotiatedVersion(header(incoming, 'accept'), operation.versions);
    Object.assign(headers, endHeaders(operation, version));
    checkAccess(context.world, identified, operation.scope ?? 'project', parameters, operation.permission);
    const { world, baseUrl } = context;
    const { path, query } = incoming;
    const body = parsedBody(incoming.body);
    const reply = operation.handle({
      world,
      now,
      baseUrl,
      path,
      parameters,
      query,
      body,
      version,
      credential: identified,
    });
    if (operation.changes) keepChange(context, incoming, operation.id, now);
    const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
    return { status: reply.status, headers: { ...headers, 'content-type': mediaType(version) }, body: text };
  } catch (error) {
    return errorReply(error, headers);
  }
}

/**
 * The reply to an error. One that is no error of Atlas, such as a state that cannot be written, becomes the 500 that
 * leaves a client unsure whether anything was done.
 */
export function errorReply(error: unknown, headers: Readonly<Record<string, string>>): Reply {
  const known = error instanceof ApiError ? error : new ApiError('UNEXPECTED_ERROR', describe(error));
  const body = errorBody(known.status, known.code, known.message, known.parameters);
  return jsonReply(known.status, body, { ...headers, 'X-Error-Code': known.code });
}

function keepChange(context: ApiContext, incoming: Incoming, operation: string, now: number): void {
  const { method, path } = incoming;
  context.world.changes.push({ operation, method, path, at: new Date(now).toISOString() });
  context.save(now);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}

/** The one value of a header. */
export function header(incoming: Incoming, name: string): string | undefined {
  const value = incoming.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function endHeaders(operation: Operation, version: string): Record<string, string> {
  const end = operation.ends?.[version];
  return end ? { Deprecation: end.deprecation, ...(end.sunset !== undefined && { Sunset: end.sunset }) } : {};
}
