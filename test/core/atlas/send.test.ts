import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mayHaveTakenEffect } from '../../../core/atlas/errors.ts';
import type { RequestRecord } from '../../../core/atlas/send.ts';
import {
  type Answer,
  clientOf,
  CLUSTER,
  CLUSTER_REPLY,
  json,
  manualClock,
  rejection,
  RESTORE,
  startServer,
} from './server.ts';

const destroy: Answer = (_, response) => {
  response.destroy();
};
const never: Answer = () => undefined;
const halfBody: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"id":');
};
const cutBody: Answer = (_, response) => {
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
    .write('{"id":', () => {
      response.destroy();
    });
};
const status =
  (code: number): Answer =>
  (_, response) => {
    json(response, code, { error: code, errorCode: 'SOME_CODE', detail: 'Some detail.' });
  };

/** First `bad`, `times` often, then a good answer. */
const after =
  (times: number, bad: Answer): Answer =>
  (request, response, count) => {
    if (count <= times) bad(request, response, count);
    else json(response, 200, { ...CLUSTER_REPLY, id: 'job' });
  };

const QUICK = { headers: 60, body: 60 };

/** What leaves it open whether the request was carried out, but for a 500, after which reads are not repeated. */
const IN_DOUBT: readonly (readonly [string, Answer])[] = [
  ['408', status(408)],
  ['502', status(502)],
  ['503', status(503)],
  ['504', status(504)],
  ['a connection that breaks', destroy],
  ['an answer that does not come', never],
  ['an answer that stops', halfBody],
  ['an answer that breaks off', cutBody],
];

describe('a read', () => {
  it.each([['429', status(429)] as const, ...IN_DOUBT])('is repeated after %s', async (_, bad) => {
    const clock = manualClock();
    const server = await startServer(after(2, bad));
    const client = clientOf(server.baseUrl, { clock, timeouts: QUICK });
    await expect(client.clusters.getCluster(CLUSTER)).resolves.toMatchObject(CLUSTER_REPLY);
    expect(server.calls).toHaveLength(3);
    expect(clock.sleeps).toHaveLength(2);
  });

  it('is given up after five attempts, each wait drawn from a range that doubles', async () => {
    const clock = manualClock();
    const server = await startServer(status(503));
    const client = clientOf(server.baseUrl, { clock, random: { next: () => 0.5 } });
    const error = await rejection(client.clusters.getCluster(CLUSTER));
    expect(error).toMatchObject({
      name: 'AtlasError',
      status: 503,
      errorCode: 'SOME_CODE',
      detail: 'Some detail.',
      operation: 'getCluster',
      retryable: true,
    });
    expect(server.calls).toHaveLength(5);
    expect(clock.sleeps).toEqual([500, 1000, 2000, 4000]);
  });

  it('whose answer stays lost says that nothing was changed', async () => {
    const server = await startServer(destroy);
    const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
    expect(error).toMatchObject({
      name: 'AtlasReplyLostError',
      retryable: true,
      changed: 'Nothing was changed.',
    });
    expect(mayHaveTakenEffect(error)).toBe(false);
  });

  it.each([400, 403, 404, 409, 500])('is not repeated after %i', async (code) => {
    const server = await startServer(status(code));
    const error = await rejection(clientOf(server.baseUrl).clusters.getCluster(CLUSTER));
    expect(error).toMatchObject({ name: 'AtlasError', status: code });
    expect(server.calls).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  it.each([
    ['3', 3000],
    ['0', 0],
    ['86400', 60_000],
    ['Mon, 10 Aug 2026 03:00:20 GMT', 20_000],
    ['Mon, 10 Aug 2026 02:00:00 GMT', 0],
    ['Tue, 11 Aug 2026 03:00:00 GMT', 60_000],
    ['soon', 500],
    ['', 500],
  ])('of "%s" makes it wait %i ms', async (value, expected) => {
    const clock = manualClock();
    const server = await startServer((request, response, count) => {
      if (count === 1) json(response, 429, {}, { 'retry-after': value });
      else after(0, never)(request, response, count);
    });
    await clientOf(server.baseUrl, { clock, random: { next: () => 0.5 } }).clusters.getCluster(CLUSTER);
    expect(clock.sleeps).toEqual([expected]);
  });
});

describe('a change', () => {
  const redirects = [301, 303, 307].map((code) => [String(code), status(code)] as const);
  it.each([['499', status(499)] as const, ['500', status(500)] as const, ...redirects, ...IN_DOUBT])(
    'is never repeated after %s, and may have taken effect',
    async (_, bad) => {
      const server = await startServer(after(1, bad));
      const client = clientOf(server.baseUrl, { timeouts: QUICK });
      const error = await rejection(client.restoreJobs.createBackupRestoreJob(RESTORE));
      expect(error).toMatchObject({
        name: 'AtlasReplyLostError',
        retryable: false,
        operation: 'createBackupRestoreJob',
      });
      expect(mayHaveTakenEffect(error)).toBe(true);
      expect(server.calls).toHaveLength(1);
    },
  );

  it('carries what Atlas said with a 500', async () => {
    const server = await startServer(status(500));
    const error = await rejection(clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error.cause).toMatchObject({ name: 'AtlasError', status: 500, errorCode: 'SOME_CODE' });
  });

  it('is repeated after 429, which carried nothing out', async () => {
    const server = await startServer(after(2, status(429)));
    const job = await clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE);
    expect(job.id).toBe('job');
    expect(server.calls).toHaveLength(3);
  });

  it('stays on its own when a token cannot be fetched: nothing was sent', async () => {
    const server = await startServer(after(0, never), destroy);
    const error = await rejection(clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE));
    expect(mayHaveTakenEffect(error)).toBe(false);
    expect(server.calls).toHaveLength(0);
    expect(server.tokens).toHaveLength(5);
  });

  it('whose yes is not readable may have taken effect', async () => {
    const server = await startServer((_, response) => response.end('<html>'));
    const error = await rejection(clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error.name).toBe('AtlasReplyError');
    expect(mayHaveTakenEffect(error)).toBe(true);
  });

  it('takes no longer than its whole time, and is lost when that ends after it was sent', async () => {
    const server = await startServer(never);
    const client = clientOf(server.baseUrl, { timeouts: { change: 300 } });
    const error = await rejection(client.restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error.name).toBe('AtlasReplyLostError');
  });

  it('is not sent at all once its time has gone by', async () => {
    const server = await startServer(after(0, never), never);
    const client = clientOf(server.baseUrl, { timeouts: { change: 100, headers: 400 } });
    const error = await rejection(client.restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error.name).toBe('AtlasUnreachableError');
    expect(server.calls).toHaveLength(0);
  });

  it('ends with the refusal when its time ends in a wait', async () => {
    const server = await startServer(status(429));
    const clock = manualClock();
    const stuck = {
      now: () => clock.now(),
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    };
    const client = clientOf(server.baseUrl, { clock: stuck, timeouts: { change: 100 } });
    const error = await rejection(client.restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error).toMatchObject({ name: 'AtlasError', status: 429, retryable: true });
    expect(server.calls).toHaveLength(1);
  });

  it('goes over a connection of its own each time', async () => {
    const server = await startServer(after(0, never));
    const { restoreJobs } = clientOf(server.baseUrl);
    await restoreJobs.createBackupRestoreJob(RESTORE);
    expect(server.calls[0]!.headers.connection).toBe('close');
  });

  it('can have no answer but yes', async () => {
    const server = await startServer((_, response) => response.writeHead(204).end());
    const { restoreJobs } = clientOf(server.baseUrl);
    const cancelled = restoreJobs.cancelBackupRestoreJob({ ...CLUSTER, restoreJobId: CLUSTER.groupId });
    await expect(cancelled).resolves.toBeUndefined();
    expect(server.calls[0]!.method).toBe('DELETE');
  });
});

describe('an Atlas that cannot be reached', () => {
  it('is tried again, for a change too, since nothing was sent', async () => {
    const server = await startServer(never);
    await server.stop();
    const clock = manualClock();
    const error = await rejection(
      clientOf(server.baseUrl, { clock }).restoreJobs.createBackupRestoreJob(RESTORE),
    );
    expect(error).toMatchObject({ name: 'AtlasUnreachableError', retryable: true });
    expect(error.message).toContain(new URL(server.baseUrl).host);
    expect(error.message).toContain('refused');
    expect(clock.sleeps).toHaveLength(4);
    expect(mayHaveTakenEffect(error)).toBe(false);
  });

  it('is named when its name does not resolve', async () => {
    const error = await rejection(clientOf('https://atlas.invalid').clusters.getCluster(CLUSTER));
    expect(error.name).toBe('AtlasUnreachableError');
    expect(error.message).toContain('atlas.invalid:443');
  });

  it.each([
    ['says nothing', 'took too long', undefined],
    ['closes', 'reset', ''],
    ['speaks no TLS', 'ssl', 'HTTP/1.1 400 No\r\n\r\n'],
  ])('is unreachable when TLS does not come about because it %s', async (_, why, said) => {
    const tcp = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      if (said !== undefined) socket.end(said);
    });
    await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      tcp.close();
    });
    const baseUrl = `https://127.0.0.1:${(tcp.address() as AddressInfo).port}`;
    const client = clientOf(baseUrl, { timeouts: { connect: 60 } });
    const error = await rejection(client.restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error.name).toBe('AtlasUnreachableError');
    expect(error.message.toLowerCase()).toContain(why);
  });
});

describe('what watches the requests', () => {
  it('is told of each exchange, of the end of a version, and of no secret', async () => {
    const records: RequestRecord[] = [];
    const server = await startServer((_, response, count) => {
      if (count === 1) response.destroy();
      else
        json(response, 200, CLUSTER_REPLY, {
          deprecation: 'Mon, 5 Aug 2024 00:00:00 GMT',
          sunset: 'Thu, 1 Jul 2027 00:00:00 GMT',
        });
    });
    const client = clientOf(server.baseUrl, { onRequest: (record) => records.push(record) });
    await client.clusters.getCluster(CLUSTER);
    const path = `/api/atlas/v2/groups/${CLUSTER.groupId}/clusters/Orders`;
    expect(records).toEqual([
      {
        operation: 'fetchToken',
        method: 'POST',
        path: '/api/oauth/token',
        status: 200,
        attempt: 1,
        milliseconds: 0,
      },
      { operation: 'getCluster', method: 'GET', path, status: undefined, attempt: 1, milliseconds: 0 },
      {
        operation: 'getCluster',
        method: 'GET',
        path,
        status: 200,
        attempt: 2,
        milliseconds: 0,
        deprecation: 'Mon, 5 Aug 2024 00:00:00 GMT',
        sunset: 'Thu, 1 Jul 2027 00:00:00 GMT',
      },
    ]);
  });

  it('cannot lose a reply by failing', async () => {
    const server = await startServer(after(0, never));
    const client = clientOf(server.baseUrl, {
      onRequest: () => {
        throw new Error('disk full');
      },
    });
    await expect(client.restoreJobs.createBackupRestoreJob(RESTORE)).resolves.toMatchObject({ id: 'job' });
  });
});

describe('closing', () => {
  it('lets a call under way finish, and sends nothing after', async () => {
    let arrived: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (arrived = resolve));
    let finish: () => void = () => undefined;
    const server = await startServer((_, response) => {
      finish = () => {
        json(response, 200, { id: 'job' });
      };
      arrived();
    });
    const client = clientOf(server.baseUrl);
    const restore = client.restoreJobs.createBackupRestoreJob(RESTORE);
    await underWay;
    const closed = client.close();
    finish();
    await expect(restore).resolves.toMatchObject({ id: 'job' });
    await closed;
    const error = await rejection(client.clusters.getCluster(CLUSTER));
    expect(error.name).toBe('AtlasUnreachableError');
    expect(error.message).toContain('the client is closed');
    expect(server.calls).toHaveLength(1);
  });
});
