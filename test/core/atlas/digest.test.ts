import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  API_KEY,
  clientOf,
  CLUSTER,
  CLUSTER_REPLY,
  json,
  rejection,
  RESTORE,
  type Seen,
  startServer,
} from './server.ts';

/** A verifier of its own, after RFC 7616, so that the client's library is not checked against itself. */
function digestServer(options: { algorithm?: string; privateKey?: string; usesPerNonce?: number } = {}) {
  const { algorithm, privateKey = API_KEY.privateKey, usesPerNonce = Infinity } = options;
  const hash = (text: string) =>
    createHash(algorithm === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex');
  const counts: number[] = [];
  let nonce = 0;
  let last = 0;

  function challenge(response: ServerResponse, stale: boolean): void {
    nonce += 1;
    last = 0;
    const parts = [
      `realm="MMS Public API"`,
      `domain=""`,
      `nonce="n${nonce}"`,
      `qop="auth"`,
      `stale=${stale}`,
    ];
    if (algorithm !== undefined) parts.push(`algorithm=${algorithm}`);
    json(
      response,
      401,
      { error: 401, reason: 'Unauthorized' },
      { 'www-authenticate': `Digest ${parts.join(', ')}` },
    );
  }

  function proves({ method, url, headers }: Seen, field: (name: string) => string): boolean {
    if (headers.authorization === undefined || field('nonce') !== `n${nonce}`) return false;
    const ha1 = hash(`${API_KEY.publicKey}:MMS Public API:${privateKey}`);
    const ha2 = hash(`${method}:${url.pathname}${url.search}`);
    const expected = hash([ha1, `n${nonce}`, field('nc'), field('cnonce'), 'auth', ha2].join(':'));
    return field('response') === expected && field('uri') === url.pathname + url.search;
  }

  const answer =
    (then: Answer): Answer =>
    (request, response, count) => {
      const field = (name: string) =>
        new RegExp(`(?:^|[ ,])${name}="?([^",]*)"?`).exec(request.headers.authorization ?? '')?.[1] ?? '';
      const nc = Number.parseInt(field('nc'), 16);
      if (!proves(request, field) || nc <= last) {
        challenge(response, false);
      } else if (nc > usesPerNonce) {
        challenge(response, true);
      } else {
        last = nc;
        counts.push(nc);
        then(request, response, count);
      }
    };
  return { answer, counts };
}

const yes: Answer = (_, response) => {
  json(response, 200, CLUSTER_REPLY);
};

describe('an API key', () => {
  it.each([undefined, 'MD5', 'SHA-256'])(
    'answers a challenge (%s) and goes on with the same nonce',
    async (algorithm) => {
      const digest = digestServer(algorithm === undefined ? {} : { algorithm });
      const server = await startServer(digest.answer(yes));
      const { clusters } = clientOf(server.baseUrl, { credentials: API_KEY });
      for (let call = 0; call < 3; call += 1) await clusters.getCluster(CLUSTER);
      expect(digest.counts).toEqual([1, 2, 3]);
      expect(server.calls).toHaveLength(4);
    },
  );

  it('signs the query as well', async () => {
    const digest = digestServer();
    const server = await startServer(
      digest.answer((_, response) => {
        json(response, 200, { results: [] });
      }),
    );
    const { alerts } = clientOf(server.baseUrl, { credentials: API_KEY });
    for await (const alert of alerts.listAlerts({ groupId: CLUSTER.groupId, status: 'OPEN' }))
      expect(alert).toBeUndefined();
    expect(digest.counts).toEqual([1]);
    expect(server.calls[1]!.url.search).toContain('status=OPEN');
  });

  it('takes a new nonce when the old one has gone stale', async () => {
    const digest = digestServer({ usesPerNonce: 2 });
    const server = await startServer(digest.answer(yes));
    const { clusters } = clientOf(server.baseUrl, { credentials: API_KEY });
    for (let call = 0; call < 5; call += 1) await clusters.getCluster(CLUSTER);
    expect(digest.counts).toEqual([1, 2, 1, 2, 1]);
  });

  it('sends the body of a change again with its proof', async () => {
    const digest = digestServer();
    const server = await startServer(
      digest.answer((request, response) => {
        json(response, 200, { id: 'job', echoed: request.body });
      }),
    );
    const { restoreJobs } = clientOf(server.baseUrl, { credentials: API_KEY });
    const job = await restoreJobs.createBackupRestoreJob(RESTORE);
    expect(JSON.parse(String(job.echoed))).toEqual(RESTORE.body);
    expect(digest.counts).toEqual([1]);
  });

  it('gives up on a wrong key after a few tries and names the variables', async () => {
    const digest = digestServer({ privateKey: 'another' });
    const server = await startServer(digest.answer(yes));
    const error = await rejection(
      clientOf(server.baseUrl, { credentials: API_KEY }).clusters.getCluster(CLUSTER),
    );
    expect(error.name).toBe('AtlasCredentialsError');
    expect(error).toHaveProperty('next', expect.stringContaining('MONGODB_ATLAS_PRIVATE_KEY'));
    expect(server.calls).toHaveLength(3);
  });

  it.each([
    ['none', undefined],
    ['Basic', 'Basic realm="proxy"'],
    ['an unknown hash', 'Digest realm="r", nonce="n", qop="auth", algorithm=SHA-1024'],
    ['no qop', 'Digest realm="r", nonce="n"'],
    ['nonsense', 'Digest ,,,='],
  ])('does not answer a challenge it cannot answer (%s)', async (_, challenge) => {
    const server = await startServer((_request, response) => {
      json(response, 401, {}, challenge === undefined ? {} : { 'www-authenticate': challenge });
    });
    const error = await rejection(
      clientOf(server.baseUrl, { credentials: API_KEY }).clusters.getCluster(CLUSTER),
    );
    expect(error.name).toBe('AtlasCredentialsError');
    expect(server.calls).toHaveLength(1);
  });
});
