import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whoever signs the tokens that the API takes: a stand-in for a company's sign-in. */
export interface Issuer {
  readonly url: string;
  /** A token with these claims, beside those that every good one has; signed with a key of nobody's when it is `forged`. */
  token(claims?: Readonly<Record<string, unknown>>, forged?: boolean): string;
}

/** Whom the tokens are for. */
export const AUDIENCE = 'lifeboat';

const KEY_ID = 'one';

/** Starts an issuer on loopback, that says where its keys are as OpenID Connect Discovery has it. It goes with this process. */
export async function startIssuer(): Promise<Issuer> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...own.publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }];
  let url = '';
  const server = createServer((request, response) => {
    const isDiscovery = request.url?.endsWith('/openid-configuration') === true;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isDiscovery ? { issuer: url, jwks_uri: `${url}/keys` } : { keys }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    token(claims = {}, forged = false) {
      const now = Math.floor(Date.now() / 1000);
      const good = { iss: url, aud: AUDIENCE, sub: 'anna', iat: now, nbf: now - 60, exp: now + 600 };
      const text = [
        { alg: 'RS256', typ: 'JWT', kid: KEY_ID },
        { ...good, ...claims },
      ]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const { privateKey } = forged ? other : own;
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
    },
  };
}
