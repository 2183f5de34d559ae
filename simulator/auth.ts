import { errorBody } from './api-error.ts';
import { checkDigest, digestChallenge } from './digest.ts';
import { jsonReply, type Reply } from './http-types.ts';
import { hashHex } from './identifiers.ts';
import { rateLimitHeaders, type RateLimits } from './rate-limits.ts';
import type { CredentialState } from './world.ts';

/** How long an access token lives, in seconds. */
const TOKEN_LIVES = 3600;
/** Tokens that a client may ask for in a minute. */
const TOKENS_PER_MINUTE = 10;

/** The part of a request that sign-in looks at. */
interface SignIn {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly authorization: string | undefined;
}

/** Who is asking: service accounts with bearer tokens, API keys with Digest. */
export interface Auth {
  /** Answers `POST /api/oauth/token` (client credentials, HTTP Basic with the id and secret as they are). */
  token(request: SignIn, body: string, now: number): Reply;
  /** The credential that signed the request, or the 401 to answer with. */
  identify(request: SignIn, now: number): CredentialState | Reply;
}

/** Sign-in for these credentials; tokens live in memory, so a restart makes clients ask for new ones. */
export function auth(credentials: readonly CredentialState[], limits: RateLimits, seed: number): Auth {
  const tokens = new Map<string, { credential: CredentialState; expiresAt: number }>();
  const secret = hashHex(`nonce/${seed}`, 32);
  return {
    token(request, body, now) {
      const taken = limits.take('oauth', TOKENS_PER_MINUTE, now);
      const headers = { ...rateLimitHeaders(taken), 'cache-control': 'no-store' };
      if (!taken.allowed) {
        return jsonReply(429, errorBody(429, 'RATE_LIMITED', 'Too many tokens were asked for.'), headers);
      }
      const credential = basicCredential(request.authorization, credentials);
      if (!credential) return jsonReply(401, { error: 'invalid_client' }, headers);
      if (new URLSearchParams(body).get('grant_type') !== 'client_credentials') {
        return jsonReply(400, { error: 'unsupported_grant_type' }, headers);
      }
      const token = `simulated.${hashHex(`token/${seed}/${now}/${tokens.size}`, 48)}`;
      tokens.set(token, { credential, expiresAt: now + TOKEN_LIVES * 1000 });
      return jsonReply(200, { access_token: token, expires_in: TOKEN_LIVES, token_type: 'Bearer' }, headers);
    },
    identify(request, now) {
      const authorization = request.authorization ?? '';
      const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1];
      if (bearer !== undefined) {
        const known = tokens.get(bearer);
        return known && now < known.expiresAt ? known.credential : unauthorized({});
      }
      let stale = false;
      if (/^Digest /i.test(authorization)) {
        const result = checkDigest(authorization, request, credentials, secret, now);
        if ('credential' in result) return result.credential;
        stale = result.stale;
      }
      return unauthorized({ 'WWW-Authenticate': digestChallenge(secret, now, stale) });
    },
  };
}

function unauthorized(headers: Readonly<Record<string, string>>): Reply {
  const body = errorBody(401, 'UNEXPECTED_ERROR', 'You are not authorized for this resource.');
  return jsonReply(401, body, { ...headers, 'X-Error-Code': 'UNEXPECTED_ERROR' });
}

function basicCredential(
  authorization: string | undefined,
  credentials: readonly CredentialState[],
): CredentialState | undefined {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  return credentials.find((known) => decoded === `${known.clientId}:${known.clientSecret}`);
}
