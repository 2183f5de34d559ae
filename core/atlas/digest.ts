import { buildAuthorizationHeader, DIGEST, parseWWWAuthenticateHeader } from 'http-auth-utils';
import type { Random } from '../random.ts';
import type { Authorizer } from './authorizer.ts';
import type { ApiKeyCredentials } from './credentials.ts';

type Challenge = ReturnType<typeof DIGEST.parseWWWAuthenticateRest>;

/** Node's names of the hashes that a challenge may ask for; session variants are not used by Atlas. */
const HASHES: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** A challenge may be outrun by a newer one or be stale, so a second one is answered; a third means a wrong key. */
const MOST_REFUSALS = 2;

/**
 * API keys: HTTP Digest. The first request goes out bare and is refused with a challenge; from then on the same nonce
 * is used with a growing count until Atlas gives another.
 */
export function digestAuthorizer(credentials: ApiKeyCredentials, random: Random): Authorizer {
  let challenge: Challenge | undefined;
  let count = 0;
  return {
    variables: ['MONGODB_ATLAS_PUBLIC_KEY', 'MONGODB_ATLAS_PRIVATE_KEY'],
    secrets: () => [credentials.privateKey],
    authorization(method, uri) {
      if (challenge === undefined) return Promise.resolve(undefined);
      count += 1;
      return Promise.resolve(
        answer(credentials, challenge, { method, uri, count, cnonce: clientNonce(random) }),
      );
    },
    refused(used, header, times) {
      const next = header === undefined ? undefined : parseChallenge(header);
      if (next === undefined || times > MOST_REFUSALS) {
        challenge = undefined;
        return false;
      }
      if (next.nonce !== challenge?.nonce) count = 0;
      challenge = next;
      return true;
    },
  };
}

interface Turn {
  readonly method: string;
  readonly uri: string;
  readonly count: number;
  readonly cnonce: string;
}

function answer(credentials: ApiKeyCredentials, challenge: Challenge, turn: Turn): string {
  const common = {
    username: credentials.publicKey,
    realm: challenge.realm,
    nonce: challenge.nonce,
    uri: turn.uri,
    qop: 'auth',
    nc: turn.count.toString(16).padStart(8, '0'),
    cnonce: turn.cnonce,
  };
  const algorithm = hashOf(challenge) ?? 'md5';
  const response = DIGEST.computeHash({
    ...common,
    algorithm,
    method: turn.method,
    password: credentials.privateKey,
  });
  return buildAuthorizationHeader(DIGEST, {
    ...common,
    response,
    ...(challenge.algorithm === undefined ? {} : { algorithm: challenge.algorithm }),
    ...(challenge.opaque === undefined ? {} : { opaque: challenge.opaque }),
  });
}

/** The challenge, if it is one that can be answered. */
function parseChallenge(header: string): Challenge | undefined {
  try {
    const { type, data } = parseWWWAuthenticateHeader(header, [DIGEST], { strict: false });
    const usable = type === 'Digest' && hashOf(data) !== undefined && offersAuth(data);
    return usable ? data : undefined;
  } catch {
    // Not a Digest challenge at all, for example a proxy's.
    return undefined;
  }
}

function hashOf({ algorithm }: Challenge): string | undefined {
  return HASHES[(algorithm ?? 'MD5').toUpperCase()];
}

function offersAuth({ qop }: Challenge): boolean {
  return qop?.split(',').some((one) => one.trim().toLowerCase() === 'auth') === true;
}

/** 16 bytes in hexadecimal. TLS keeps the exchange private; this keeps two answers from being alike. */
function clientNonce(random: Random): string {
  return Array.from({ length: 16 }, () =>
    Math.floor(random.next() * 256)
      .toString(16)
      .padStart(2, '0'),
  ).join('');
}
