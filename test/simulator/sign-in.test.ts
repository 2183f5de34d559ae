import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accessToken,
  type Answer,
  digestAnswer,
  http,
  type Practice,
  PRODUCTION,
  startPractice,
  tokenRequest,
} from './practice-client.ts';

const TARGET = `/api/atlas/v2/groups/${PRODUCTION}/alerts?status=OPEN`;
const ACCEPT = 'application/vnd.atlas.2023-01-01+json';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

function get(authorization?: string): Promise<Answer> {
  const headers = { accept: ACCEPT, ...(authorization !== undefined && { authorization }) };
  return http('GET', practice.simulator.baseUrl + TARGET, headers);
}

describe('a service account', () => {
  it('gets a token that lasts an hour', async () => {
    const token = await accessToken(practice.simulator);
    expect((await get(`Bearer ${token}`)).status).toBe(200);
    practice.clock.advance(3599);
    expect((await get(`Bearer ${token}`)).status).toBe(200);
    practice.clock.advance(1);
    const late = await get(`Bearer ${token}`);
    expect(late.body).toMatchObject({ error: 401, errorCode: 'UNEXPECTED_ERROR' });
  });

  it('gets none with a wrong secret or another grant', async () => {
    const { clientId, clientSecret } = practice.simulator.credentials;
    expect((await tokenRequest(practice.simulator, `${clientId}:wrong`)).status).toBe(401);
    expect((await tokenRequest(practice.simulator, `${clientId}:${clientSecret}`, 'password')).status).toBe(
      400,
    );
  });

  it('gets about ten tokens a minute', async () => {
    const { clientId, clientSecret } = practice.simulator.credentials;
    const ask = (): Promise<Answer> => tokenRequest(practice.simulator, `${clientId}:${clientSecret}`);
    for (let asked = 0; asked < 10; asked += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('6');
    practice.clock.advance(6);
    expect((await ask()).status).toBe(200);
  });
});

describe('an API key', () => {
  const sign = (
    challenge: string,
    key = practice.simulator.credentials.privateKey,
    target = TARGET,
  ): string => digestAnswer(challenge, 'GET', target, practice.simulator.credentials.publicKey, key);

  it('answers the challenge of a 401', async () => {
    const asked = await get();
    expect(asked.status).toBe(401);
    const challenge = String(asked.headers['www-authenticate']);
    expect(challenge).toContain('stale=false');
    expect((await get(sign(challenge))).status).toBe(200);
  });

  it('is told when the nonce is too old, and goes on with a new one', async () => {
    const challenge = String((await get()).headers['www-authenticate']);
    practice.clock.advance(301);
    const old = await get(sign(challenge));
    expect(old.status).toBe(401);
    const fresh = String(old.headers['www-authenticate']);
    expect(fresh).toContain('stale=true');
    expect((await get(sign(fresh))).status).toBe(200);
  });

  it('is refused with a wrong key, another path or a nonce of its own', async () => {
    const challenge = String((await get()).headers['www-authenticate']);
    const own = challenge.replace(/nonce="[^"]*"/, 'nonce="mine.0000"');
    const attempts = [
      sign(challenge, 'wrong'),
      sign(challenge, undefined, '/elsewhere'),
      sign(own),
      'Digest nonsense',
    ];
    for (const attempt of attempts) {
      const answer = await get(attempt);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('stale=false');
    }
  });
});

describe('rate limits', () => {
  it('count down, refuse with Retry-After, and fill again with the clock', async () => {
    const authorization = `Bearer ${await accessToken(practice.simulator)}`;
    const first = await get(authorization);
    expect(first.headers['ratelimit-limit']).toBe('1200');
    expect(first.headers['ratelimit-remaining']).toBe('1199');
    // `fetch` keeps its connections, so that a thousand requests take no longer than a second.
    for (let sent = 1; sent < 1200; sent += 1) {
      const answer = await fetch(practice.simulator.baseUrl + TARGET, {
        headers: { accept: ACCEPT, authorization },
      });
      await answer.arrayBuffer();
    }
    const refused = await get(authorization);
    expect(refused.body).toMatchObject({ error: 429, errorCode: 'RATE_LIMITED' });
    expect(refused.headers['retry-after']).toBe('1');
    practice.clock.advance(1);
    expect((await get(authorization)).status).toBe(200);
  });
});
