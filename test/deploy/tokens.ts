import { equal, ok } from 'node:assert/strict';
import { get, post, type Api, type ApiRequest } from './api.ts';
import type { Deployment } from './deployment.ts';
import { AUDIENCE, startIssuer, type Issuer } from './issuer.ts';
import type { Progress } from './progress.ts';
import type { Reply } from './signed-request.ts';

/** What the scopes of tokens begin with. */
const PREFIX = 'lifeboat/';

const LOOK = get('/v1/jobs');
const START = post('/v1/plans', { name: 'no-such-runbook' });
const APPROVE = post(`/v1/jobs/01M803MRKRF7KPT9GWF2NGTVYH/approve`, { plan: '0'.repeat(64), reason: 'Yes.' });
const BREAK_GLASS = post(
  '/v1/break-glass',
  { name: 'no-such-runbook', cluster: 'orders', reason: 'No.' },
  { 'idempotency-key': 'tokens' },
);

/** Deploys the stack again, now with an issuer of tokens, and tries who gets in by them. */
export async function checkTokens({ api, redeploy }: Deployment, progress: Progress): Promise<void> {
  const issuer = await startIssuer();
  await redeploy({ jwt: { issuer: issuer.url, audience: [AUDIENCE], scopePrefix: PREFIX } });
  progress.say('deployed again, with an issuer of tokens');
  await progress.check('refused: requests without a token, and with one that is not good', async () => {
    const scope = `${PREFIX}read ${PREFIX}operate ${PREFIX}approve`;
    const bad = {
      'of another issuer': issuer.token({ scope, iss: 'https://elsewhere.example.com' }),
      'for somebody else': issuer.token({ scope, aud: 'another' }),
      'that is over': issuer.token({ scope, exp: 1 }),
      'that is not yet': issuer.token({ scope, nbf: Math.floor(Date.now() / 1000) + 3600 }),
      'signed by somebody else': issuer.token({ scope }, true),
      'not signed': issuer.token({ scope }).replace(/[^.]+$/, ''),
    };
    for (const wanted of [LOOK, START, APPROVE, BREAK_GLASS, get('/openapi.json')]) {
      equal((await api.tampered(undefined, wanted)).status, 401, wanted.path);
      for (const [what, token] of Object.entries(bad)) {
        equal((await withToken(api, wanted, token)).status, 401, `${wanted.path}, with a token ${what}`);
      }
    }
  });
  await progress.check('let in by a token: to what its scopes are for, and no further', () =>
    checkScopes(api, issuer),
  );
}

/** Whom a scope lets in is known by the answer of the route itself: there is no such runbook, and no such job. */
async function checkScopes(api: Api, issuer: Issuer): Promise<void> {
  const may = async (scope: string | undefined, wanted: ApiRequest) => {
    const token = issuer.token(scope === undefined ? {} : { scope });
    const { status, text } = await withToken(api, wanted, token);
    ok(status < 500, text);
    // Of break-glass the gateway knows the scope, and lets no other through.
    if (status === 403 && wanted !== BREAK_GLASS)
      ok(text.includes('urn:lifeboat:problem:scope-missing'), text);
    return status !== 403 && status !== 401;
  };
  const answers = async (scope?: string) =>
    Promise.all([LOOK, START, APPROVE, BREAK_GLASS].map((wanted) => may(scope, wanted))).then(String);
  equal(await answers(`${PREFIX}read`), 'true,false,false,false');
  equal(await answers(`${PREFIX}operate`), 'false,true,false,false');
  equal(await answers(`openid ${PREFIX}approve`), 'false,false,true,false');
  equal(await answers(`${PREFIX}break-glass`), 'false,false,false,true');
  // Also where the issuer lists them, or names the claim otherwise.
  for (const claims of [
    { scope: [`${PREFIX}read`, 'x'] },
    { scp: `${PREFIX}read` },
    { scp: [`${PREFIX}read`] },
  ]) {
    const reply = await withToken(api, LOOK, issuer.token(claims));
    equal(reply.status, 200, `${JSON.stringify(claims)}: ${reply.text}`);
  }
  // Without its prefix a scope means nothing here, and a token without scopes opens nothing.
  equal(await answers('read operate approve break-glass'), 'false,false,false,false');
  equal(await answers(), 'false,false,false,false');
}

function withToken(api: Api, wanted: ApiRequest, token: string): Promise<Reply> {
  return api.tampered(undefined, {
    ...wanted,
    headers: { ...wanted.headers, authorization: `Bearer ${token}` },
  });
}
