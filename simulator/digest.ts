import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CredentialState } from './world.ts';

const REALM = 'MMS Public API';
/** How long a nonce may be used, in milliseconds; after that the client is told that it is stale. */
const NONCE_LIVES = 300_000;

/** What looking at a Digest header found. */
export type DigestResult = { readonly credential: CredentialState } | { readonly stale: boolean };

/** The `WWW-Authenticate` of a 401 (RFC 7616, MD5 and qop=auth, as Atlas asks for). */
export function digestChallenge(secret: string, now: number, stale: boolean): string {
  const stamp = now.toString(36);
  const nonce = `${stamp}.${signature(secret, stamp)}`;
  return `Digest realm="${REALM}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`;
}

/**
 * Whose Digest header it is.
 *
 * @param target the request target, path and query, that the header must have been made for.
 * @param secret signs nonces, so that none needs to be kept.
 */
export function checkDigest(
  header: string,
  request: { readonly method: string; readonly target: string },
  credentials: readonly CredentialState[],
  secret: string,
  now: number,
): DigestResult {
  const fields = digestFields(header);
  const credential = credentials.find((known) => known.publicKey === fields.username);
  if (!credential || fields.realm !== REALM || fields.qop !== 'auth' || fields.uri !== request.target) {
    return { stale: false };
  }
  const [stamp = '', signed = ''] = (fields.nonce ?? '').split('.');
  if (!sameText(signed, signature(secret, stamp))) return { stale: false };
  const first = md5(`${credential.publicKey}:${REALM}:${credential.privateKey}`);
  const second = md5(`${request.method}:${fields.uri}`);
  const parts = [first, fields.nonce ?? '', fields.nc ?? '', fields.cnonce ?? '', 'auth', second];
  if (!sameText(fields.response ?? '', md5(parts.join(':')))) return { stale: false };
  // The client knows the key, so only the nonce has to be new.
  return now - Number.parseInt(stamp, 36) > NONCE_LIVES ? { stale: true } : { credential };
}

function digestFields(header: string): Partial<Record<string, string>> {
  const fields: Partial<Record<string, string>> = {};
  for (const match of header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)) {
    const [, name = '', quoted, bare] = match;
    fields[name] = quoted ?? bare ?? '';
  }
  return fields;
}

function signature(secret: string, stamp: string): string {
  return createHmac('sha256', secret).update(stamp).digest('hex').slice(0, 32);
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function sameText(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
}
