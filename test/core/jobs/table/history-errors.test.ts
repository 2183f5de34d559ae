import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../../core/jobs/chain.ts';
import { HistoryUnavailableError } from '../../../../core/jobs/errors.ts';
import { createJobStore } from '../../../../core/jobs/table/job-store.ts';
import { dynamoTable } from '../../../../core/jobs/table/dynamo-table.ts';
import { clientOf, openDynaliteTable } from '../../../support/dynalite-table.ts';
import { NOW, sampleJob } from '../sample-job.ts';

let table: Awaited<ReturnType<typeof openDynaliteTable>>;
const closers: (() => void)[] = [];
beforeAll(async () => {
  table = await openDynaliteTable();
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});
afterAll(() => table.close());

async function storeBehind(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const client = clientOf((server.address() as AddressInfo).port);
  closers.push(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return createJobStore(dynamoTable(client, table.tableName));
}

/** Hands everything on to the table, and hangs up instead of answering the first write. */
function losingFirstReply(operation: string) {
  let lost = false;
  return (request: IncomingMessage, response: ServerResponse) => {
    const { method, url: path, headers } = request;
    const onward = httpRequest({ host: '127.0.0.1', port: table.port, method, path, headers }, (reply) => {
      if (!lost && String(headers['x-amz-target']).endsWith(operation)) {
        lost = true;
        reply.resume().on('end', () => request.socket.destroy());
      } else {
        response.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(response);
      }
    });
    request.pipe(onward);
  };
}

describe('a lost reply', () => {
  it('does not make a created job look like somebody else’s', async () => {
    const store = await storeBehind(losingFirstReply('PutItem'));
    const job = sampleJob();
    await store.create(job);
    expect(await store.get(job.jobId)).toEqual(job);
  });

  it('does not make a save look like a conflict', async () => {
    const job = sampleJob();
    await createJobStore(table).create(job);
    const store = await storeBehind(losingFirstReply('PutItem'));
    expect((await store.save(job)).version).toBe(2);
    expect((await store.get(job.jobId)).version).toBe(2);
  });

  it('does not write an event twice', async () => {
    const { jobId } = sampleJob();
    const store = await storeBehind(losingFirstReply('PutItem'));
    const event = await store.append(jobId, { at: NOW, type: 'noted', message: 'once' });
    expect(await store.timeline(jobId)).toEqual([event]);
    await store.append(jobId, { at: NOW, type: 'noted', message: 'then' });
    expect(verifyChain(await store.timeline(jobId))).toMatchObject({ ok: true, count: 2 });
  });

  it('does not keep a lease from being given back', async () => {
    await createJobStore(table).takeLease({ target: 'p/lost', owner: 'me', expiresAt: NOW }, NOW);
    const store = await storeBehind(losingFirstReply('PutItem'));
    await store.giveBackLease('p/lost', 'me');
    expect(await store.lease('p/lost')).toBeUndefined();
  });
});

describe('a table out of reach', () => {
  it('is one clear, retryable error when nobody listens', async () => {
    const client = clientOf(1);
    closers.push(() => {
      client.destroy();
    });
    const failure = createJobStore(dynamoTable(client, 'lifeboat')).get('01J');
    await expect(failure).rejects.toThrow(HistoryUnavailableError);
    await expect(failure).rejects.toMatchObject({ retryable: true });
    await expect(failure).rejects.toThrow(
      /^The history \(table lifeboat\) could not be reached: .*ECONNREFUSED/,
    );
  });

  it.each([
    ['ResourceNotFoundException', 400],
    ['AccessDeniedException', 400],
    ['InternalServerError', 500],
  ])('is the same error for %s, with the reason that DynamoDB gave', async (type, status) => {
    const store = await storeBehind((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: 'It is so.' }),
      );
    });
    const calls = [() => store.get('01J'), () => store.create(sampleJob()), () => store.timeline('01J')];
    for (const call of calls) {
      const failure = call();
      await expect(failure).rejects.toThrow(HistoryUnavailableError);
      await expect(failure).rejects.toThrow(`${type}: It is so.`);
    }
  });
});
