import type { CredentialState, World } from './world.ts';

/** A request to an operation, after sign-in, media type and roles were looked at. */
export interface ApiRequest {
  readonly world: World;
  /** Milliseconds since the UNIX epoch. */
  readonly now: number;
  readonly baseUrl: string;
  /** The path as asked for, without query. */
  readonly path: string;
  /** The named parts of the path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The parsed body; undefined when there was none. */
  readonly body: unknown;
  /** The version of the resource that was asked for, `YYYY-MM-DD`. */
  readonly version: string;
  readonly credential: CredentialState;
}

/** What a handler answers. */
export interface HandlerReply {
  readonly status: number;
  /** Absent for a reply without a body. */
  readonly body?: unknown;
}

/** What goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A reply of JSON outside the versioned API. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}
