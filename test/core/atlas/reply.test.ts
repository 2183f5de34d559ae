import { describe, expect, it } from 'vitest';
import { AtlasError } from '../../../core/atlas/errors.ts';
import {
  type Answer,
  clientOf,
  CLUSTER,
  CLUSTER_REPLY,
  json,
  rejection,
  RESTORE,
  SNAPSHOT,
  startServer,
} from './server.ts';

const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

async function getCluster(answer: Answer) {
  const server = await startServer(answer);
  return clientOf(server.baseUrl).clusters.getCluster(CLUSTER);
}

describe('a reply that says yes', () => {
  it('may carry fields and words that are new, and nulls for what is not known', async () => {
    const reply = await getCluster((_, response) => {
      json(response, 200, {
        ...CLUSTER_REPLY,
        stateName: 'DREAMING',
        adaptiveCapacity: null,
        paused: null,
        brandNew: { a: 1 },
      });
    });
    expect(reply).toMatchObject({ stateName: 'DREAMING', adaptiveCapacity: null, brandNew: { a: 1 } });
    expect(reply.paused).toBeUndefined();
  });

  it.each([
    ['is empty', text(200, '')],
    ['is a web page', text(200, '<html>Sign in</html>', { 'content-type': 'text/html' })],
    ['is cut short', text(200, '{"name":"Ord')],
    ['is null', text(200, 'null')],
    ['is a list', text(200, '[]')],
    ['is another thing', text(200, '{"access":"granted"}')],
    ['has a name of another type', text(200, JSON.stringify({ ...CLUSTER_REPLY, name: 7 }))],
    ['has no body at all', text(204, '')],
    ['is too large', text(200, `"${'x'.repeat(17 * 1024 * 1024)}"`)],
  ])('makes no sense when it %s', async (_, answer) => {
    const error = await rejection(getCluster(answer));
    expect(error).toMatchObject({ name: 'AtlasReplyError', retryable: true, operation: 'getCluster' });
    expect(error.message).toContain('Orders');
    expect(error.message.length).toBeLessThan(1000);
  });

  it('of a cluster is read without the fields that make no sense, which are missing then', async () => {
    const reply = await getCluster(text(200, JSON.stringify({ ...CLUSTER_REPLY, paused: 'no', tags: [7] })));
    expect(reply).toMatchObject({ name: 'Orders', stateName: 'IDLE' });
    expect([reply.paused, reply.tags]).toEqual([undefined, undefined]);
  });

  it('quotes nothing of a body that may hold a download link', async () => {
    const server = await startServer(
      text(200, '{"deliveryUrl":["https://download.example/one-time-secret"],"id":7}'),
    );
    const { restoreJobs } = clientOf(server.baseUrl);
    const error = await rejection(restoreJobs.getBackupRestoreJob({ ...CLUSTER, restoreJobId: SNAPSHOT }));
    expect(error.name).toBe('AtlasReplyError');
    expect(error.message).not.toContain('one-time-secret');
  });
});

describe('a reply that says no', () => {
  it('gives everything that Atlas says', async () => {
    const error = await rejection(
      getCluster((_, response) => {
        const body = {
          error: 404,
          errorCode: 'CLUSTER_NOT_FOUND',
          reason: 'Not Found',
          detail: 'No cluster named Orders exists.',
          parameters: ['Orders', null, 7, { a: 1 }],
        };
        json(response, 404, body, { 'x-request-id': 'req-1' });
      }),
    );
    expect(error).toBeInstanceOf(AtlasError);
    expect(error).toMatchObject({
      status: 404,
      errorCode: 'CLUSTER_NOT_FOUND',
      detail: 'No cluster named Orders exists.',
      parameters: ['Orders', null, 7, '{"a":1}'],
      requestId: 'req-1',
      retryable: false,
      changed: 'Nothing was changed.',
    });
    expect(error.message).toBe(
      'Atlas answered 404 CLUSTER_NOT_FOUND to getCluster (cluster Orders): No cluster named Orders exists.',
    );
  });

  it.each([
    [
      'no code, and null parameters',
      text(400, '{"error":400,"detail":null,"reason":"Bad Request","parameters":null}'),
    ],
    ['strange types', text(400, '{"errorCode":7,"detail":{},"reason":"Bad Request","parameters":"x"}')],
  ])('may have %s', async (_, answer) => {
    expect(await rejection(getCluster(answer))).toMatchObject({
      name: 'AtlasError',
      status: 400,
      errorCode: undefined,
      detail: 'Bad Request',
      parameters: [],
      requestId: undefined,
    });
  });

  it.each([
    ['HTML', text(500, '<html><script>alert(1)</script>', { 'content-type': 'text/html' })],
    ['nothing', text(500, '')],
    ['null', text(500, 'null')],
    ['a list', text(500, '[1]')],
  ])('may be %s', async (_, answer) => {
    const error = await rejection(getCluster(answer));
    expect(error).toMatchObject({ name: 'AtlasError', status: 500, detail: undefined });
    expect(error.message).toBe('Atlas answered 500 to getCluster (cluster Orders).');
  });

  it('takes the code from its header when the body has none', async () => {
    const error = await rejection(getCluster(text(409, '', { 'x-error-code': 'SOME_CODE' })));
    expect(error).toHaveProperty('errorCode', 'SOME_CODE');
  });

  it('names the role that a 403 asks for', async () => {
    const server = await startServer(text(403, '{}'));
    const error = await rejection(clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error).toHaveProperty('next', expect.stringContaining('Project Backup Recovery Operator'));
    expect(error).toHaveProperty('changed', 'Nothing was changed: Atlas refused the request.');
  });

  it('points at the address when it sends elsewhere, and does not follow', async () => {
    const error = await rejection(getCluster(text(302, '', { location: 'https://elsewhere.example' })));
    expect(error).toMatchObject({ name: 'AtlasError', status: 302 });
    expect(error).toHaveProperty('next', expect.stringContaining('MONGODB_ATLAS_BASE_URL'));
  });

  it.each([
    ['ATLAS_CLUSTER_RESTORE_IN_PROGRESS', true],
    ['CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT', true],
    ['CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT', false],
    ['RESTORE_INITIATION_FAILED', false],
  ])('with 409 %s is worth waiting for: %s', async (errorCode, retryable) => {
    const server = await startServer(text(409, JSON.stringify({ error: 409, errorCode })));
    const error = await rejection(clientOf(server.baseUrl).restoreJobs.createBackupRestoreJob(RESTORE));
    expect(error).toMatchObject({ name: 'AtlasError', errorCode, retryable });
    expect(server.calls).toHaveLength(1);
  });
});
