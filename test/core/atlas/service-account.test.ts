import { describe, expect, it } from 'vitest';
import {
  clientOf,
  CLUSTER,
  CLUSTER_REPLY,
  giveToken,
  json,
  manualClock,
  rejection,
  RESTORE,
  SERVICE_ACCOUNT,
  startServer,
} from './server.ts';

describe('a service account', () => {
  it('asks for a token with the id and secret as they are, and shows the token', async () => {
    const server = await startServer((_, response) => {
      json(response, 200, CLUSTER_REPLY);
    });
    await clientOf(server.baseUrl).clusters.getCluster(CLUSTER);

    expect(server.tokens).toHaveLength(1);
    const { headers, body, method } = server.tokens[0]!;
    expect(method).toBe('POST');
    expect(body).toBe('grant_type=client_credentials');
    const basic = Buffer.from(headers.authorization!.replace('Basic ', ''), 'base64').toString();
    expect(basic).toBe(`${SERVICE_ACCOUNT.clientId}:${SERVICE_ACCOUNT.clientSecret}`);
    expect(server.calls[0]!.headers.authorization).toBe('Bearer token-1');
  });

  it('shares one fetch between calls at the same time', async () => {
    const server = await startServer((_, response) => {
      json(response, 200, CLUSTER_REPLY);
    });
    const { clusters } = clientOf(server.baseUrl);
    await Promise.all(Array.from({ length: 8 }, () => clusters.getCluster(CLUSTER)));
    expect(server.calls).toHaveLength(8);
    expect(server.tokens).toHaveLength(1);
  });

  it('keeps the token until a minute before it expires', async () => {
    const clock = manualClock();
    const server = await startServer((_, response) => {
      json(response, 200, CLUSTER_REPLY);
    });
    const { clusters } = clientOf(server.baseUrl, { clock });
    await clusters.getCluster(CLUSTER);
    clock.advance(3_539_999);
    await clusters.getCluster(CLUSTER);
    expect(server.tokens).toHaveLength(1);
    clock.advance(1);
    await clusters.getCluster(CLUSTER);
    expect(server.tokens).toHaveLength(2);
    expect(server.calls.at(-1)!.headers.authorization).toBe('Bearer token-2');
  });

  it('fetches one new token for all calls that were refused, and repeats each of them once', async () => {
    const server = await startServer(({ headers }, response) => {
      if (headers.authorization === 'Bearer token-1')
        json(response, 401, { error: 401, errorCode: 'UNEXPECTED_ERROR' });
      else json(response, 200, CLUSTER_REPLY);
    });
    const { clusters } = clientOf(server.baseUrl);
    await Promise.all([
      clusters.getCluster(CLUSTER),
      clusters.getCluster(CLUSTER),
      clusters.getCluster(CLUSTER),
    ]);
    expect(server.tokens).toHaveLength(2);
    expect(server.calls).toHaveLength(6);
  });

  it('repeats a change too after a 401, since that carried nothing out', async () => {
    const server = await startServer((_, response, count) => {
      if (count === 1) json(response, 401, {});
      else json(response, 200, { id: 'job' });
    });
    await expect(clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE)).resolves.toMatchObject(
      { id: 'job' },
    );
  });

  it('gives up at the second 401 and names the variables', async () => {
    const server = await startServer((_, response) => {
      json(response, 401, { error: 401, errorCode: 'UNEXPECTED_ERROR', parameters: null });
    });
    const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
    expect(error).toMatchObject({ name: 'AtlasCredentialsError', retryable: false });
    expect(error).toHaveProperty('next', expect.stringContaining('MONGODB_ATLAS_CLIENT_SECRET'));
    expect(server.calls).toHaveLength(2);
    expect(server.tokens).toHaveLength(2);
  });

  it.each([400, 401, 403])(
    'takes %i from the token endpoint as wrong credentials, and tries no call',
    async (status) => {
      const server = await startServer(
        (_, response) => {
          json(response, 200, CLUSTER_REPLY);
        },
        (_, response) => {
          json(response, status, { error: 'invalid_client', error_description: 'no' });
        },
      );
      const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
      expect(error.name).toBe('AtlasCredentialsError');
      expect(server.tokens).toHaveLength(1);
      expect(server.calls).toHaveLength(0);
    },
  );

  it('does not remember a fetch that failed', async () => {
    const server = await startServer(
      (_, response) => {
        json(response, 200, CLUSTER_REPLY);
      },
      (request, response, count) => {
        if (count === 1) json(response, 401, {});
        else giveToken(request, response, count);
      },
    );
    const { clusters } = clientOf(server.baseUrl);
    await expect(clusters.getCluster(CLUSTER)).rejects.toThrow('credentials');
    await expect(clusters.getCluster(CLUSTER)).resolves.toMatchObject(CLUSTER_REPLY);
  });

  it('waits as long as the token endpoint asks for', async () => {
    const clock = manualClock();
    const server = await startServer(
      (_, response) => {
        json(response, 200, CLUSTER_REPLY);
      },
      (request, response, count) => {
        if (count === 1) json(response, 429, {}, { 'retry-after': '7' });
        else giveToken(request, response, count);
      },
    );
    await clientOf(server.baseUrl, { clock }).clusters.getCluster(CLUSTER);
    expect(clock.sleeps).toEqual([7000]);
  });

  it.each([
    ['no token', { expires_in: 3600 }],
    ['no expiry', { access_token: 'secret-token' }],
    [
      'a token that would break out of its header',
      { access_token: 'secret-token\r\nx: y', expires_in: 3600 },
    ],
  ])('finds that a reply with %s makes no sense, and does not quote it', async (_, body) => {
    const server = await startServer(
      () => undefined,
      (_request, response) => {
        json(response, 200, body);
      },
    );
    const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
    expect(error.name).toBe('AtlasReplyError');
    expect(error.message).not.toContain('secret-token');
  });
});
