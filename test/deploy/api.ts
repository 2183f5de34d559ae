import type { MiniStack } from './ministack.ts';
import {
  send,
  sign,
  type Credentials,
  type Reply,
  type Signing,
  type WantedRequest,
} from './signed-request.ts';

/** A request to the API: the path is the API's own, such as `/v1/jobs`. */
export type ApiRequest = WantedRequest;

/** The deployed HTTP API. */
export interface Api {
  readonly apiId: string;
  /** Sends a request that is signed with somebody's key. */
  as(who: Credentials, wanted: ApiRequest, signing?: Partial<Signing>): Promise<Reply>;
  /** Sends a request that was changed after it was signed; without a key it is not signed at all. */
  tampered(
    who: Credentials | undefined,
    wanted: ApiRequest,
    change?: (signed: ApiRequest) => ApiRequest,
  ): Promise<Reply>;
}

/** @param apiUrl as the stack gives it: see the repair of addresses in launch.py. */
export function apiOf(ministack: MiniStack, apiUrl: string): Api {
  const { pathname } = new URL(apiUrl);
  const placed = (wanted: ApiRequest) => ({ ...wanted, path: pathname + wanted.path });
  return {
    apiId: pathname.split('/').at(-2) ?? '',
    async as(credentials, wanted, signing = {}) {
      return send(
        ministack,
        await sign(ministack, placed(wanted), { service: 'execute-api', credentials, ...signing }),
      );
    },
    async tampered(credentials, wanted, change = (signed) => signed) {
      const at = placed(wanted);
      if (credentials === undefined) return send(ministack, at);
      return send(ministack, change(await sign(ministack, at, { service: 'execute-api', credentials })));
    },
  };
}

/** A request with a JSON body. */
export function post(
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ApiRequest {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** A request without one. */
export function get(path: string): ApiRequest {
  return { method: 'GET', path };
}
