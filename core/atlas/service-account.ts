import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Authorizer } from './authorizer.ts';
import type { ServiceAccountCredentials } from './credentials.ts';
import { AtlasCredentialsError, AtlasError } from './errors.ts';
import { readReply } from './reply.ts';
import type { PreparedCall } from './request.ts';
import type { AccessToken, SharedTokens } from './shared-tokens.ts';
import type { HttpReply } from './transport.ts';

const VARIABLES = ['MONGODB_ATLAS_CLIENT_ID', 'MONGODB_ATLAS_CLIENT_SECRET'];

/** A token is not used in its last minute, so that it does not expire on the way. Milliseconds. */
const MARGIN = 60_000;

/** Tokens that an answer still on its way may repeat. */
const REMEMBERED = 4;

const tokenReply = z.looseObject({
  access_token: z.string().regex(/^[\x21-\x7e]+$/, 'must be printable'),
  /** Seconds. */
  expires_in: z.number().positive(),
});

/**
 * OAuth service accounts. The token endpoint takes about ten requests a minute, so a token is kept until a minute before
 * it expires, and calls that need one at the same time share one fetch. A fetch that failed is not remembered.
 *
 * @param fetchToken sends a request that needs no authorization, repeating it as a read.
 * @param shared asked before a token is fetched; absent, this process keeps its own.
 */
export function serviceAccountAuthorizer(
  credentials: ServiceAccountCredentials,
  baseUrl: string,
  clock: Clock,
  fetchToken: (call: PreparedCall) => Promise<HttpReply>,
  shared?: SharedTokens,
): Authorizer {
  const call = tokenCall(credentials, baseUrl);
  const given: string[] = [];
  let token: AccessToken | undefined;
  let refusedValue: string | undefined;
  let fetching: Promise<AccessToken> | undefined;

  async function fetchOne(): Promise<AccessToken> {
    const askedAt = clock.now();
    const reply = readReply(call, await accepted(call, fetchToken(call)), tokenReply);
    return { value: reply.access_token, expiresAt: askedAt + reply.expires_in * 1000 };
  }

  function isGood({ value, expiresAt }: AccessToken): boolean {
    return value !== refusedValue && clock.now() < expiresAt - MARGIN;
  }

  async function obtain(): Promise<AccessToken> {
    token = await (shared === undefined ? fetchOne() : shared.obtain(credentials.clientId, isGood, fetchOne));
    given.unshift(token.value);
    given.length = Math.min(given.length, REMEMBERED);
    return token;
  }

  async function validToken(): Promise<AccessToken> {
    if (token !== undefined && clock.now() < token.expiresAt - MARGIN) return token;
    fetching ??= obtain().finally(() => (fetching = undefined));
    return fetching;
  }

  return {
    variables: VARIABLES,
    secrets: () => [credentials.clientSecret, basic(credentials), ...given],
    async authorization() {
      return bearer(await validToken());
    },
    refused(used, _, times) {
      // Another call may have fetched a newer token already: that one stays.
      if (token !== undefined && used === bearer(token)) {
        refusedValue = token.value;
        token = undefined;
      }
      return times === 1;
    },
  };
}

/** The client id and secret are not URL-encoded, unlike RFC 6749 has it: Atlas takes them as they are. */
function basic({ clientId, clientSecret }: ServiceAccountCredentials): string {
  return Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
}

function bearer(token: AccessToken): string {
  return `Bearer ${token.value}`;
}

function tokenCall(credentials: ServiceAccountCredentials, baseUrl: string): PreparedCall {
  return {
    operation: 'fetchToken',
    // It changes nothing that matters: an unused token just expires.
    effect: 'read',
    roles: [],
    label: 'fetchToken (service account)',
    method: 'POST',
    url: new URL(`${baseUrl}/api/oauth/token`),
    headers: {
      accept: 'application/json',
      authorization: `Basic ${basic(credentials)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  };
}

async function accepted(call: PreparedCall, fetched: Promise<HttpReply>): Promise<HttpReply> {
  try {
    return await fetched;
  } catch (error) {
    const refused = error instanceof AtlasError && [400, 401, 403].includes(error.status);
    throw refused ? new AtlasCredentialsError(call, VARIABLES, error) : error;
  }
}
