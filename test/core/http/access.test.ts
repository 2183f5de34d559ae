import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../../core/http/api-of.ts';
import { SCOPES } from '../../../core/http/host.ts';
import { HistoryUnavailableError } from '../../../core/jobs/errors.ts';
import { deviations, DOCUMENT, operationAt } from './document-check.ts';
import { openPracticeApi, problemIn, startedJob } from './practice-host.ts';

const NEEDS: Readonly<Record<string, string>> = {
  startJob: 'operate',
  breakGlass: 'break-glass',
  planJob: 'operate',
  freeze: 'operate',
  unfreeze: 'operate',
  cancelJob: 'operate',
  approveJob: 'approve',
  rejectJob: 'approve',
};

/** Every operation, at an address that leads to it. */
const operations = Object.entries(DOCUMENT.paths).flatMap(([template, methods]) => {
  const path = template
    .replace('{jobId}', '01KAJ3W0Q4X9GZ5M1T2R8C7B6A')
    .replace('{name}', 'nightly')
    .replace('{project}', '5e2f1c0a9d3b7a4c8e6f0a01')
    .replace('{cluster}', 'orders');
  return Object.entries(methods).map(([method, operation]) => ({
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    operation,
  }));
});

it('knows every operation, and describes itself', async () => {
  const { send } = await openPracticeApi();
  expect(operations.map(({ id }) => id).sort()).toEqual(
    [
      'approveJob',
      'breakGlass',
      'cancelJob',
      'freeze',
      'getFreeze',
      'unfreeze',
      'getDocument',
      'getJob',
      'getReadiness',
      'getReport',
      'getReportPage',
      'getRunbook',
      'getTimeline',
      'listJobs',
      'listReadiness',
      'listRunbooks',
      'planJob',
      'rejectJob',
      'startJob',
    ].sort(),
  );
  const reply = await send('GET', '/openapi.json');
  expect(await reply.json()).toEqual(DOCUMENT);
});

it.each(operations)('$id lets nobody in whom it does not know', async ({ method, path, operation }) => {
  const { send, failures } = await openPracticeApi();
  const reply = await send(method, path, { as: 'nobody', ...(method === 'POST' && { body: {} }) });
  expect(reply.status).toBe(401);
  expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  expect(await deviations(operation, reply)).toEqual([]);
  expect(failures).toEqual([]);
});

it.each(operations)('$id takes one scope, and no other will do', async ({ id, method, path, operation }) => {
  const { send } = await openPracticeApi();
  const needed = NEEDS[id] ?? 'read';
  const others = SCOPES.filter((scope) => scope !== needed);
  const sending = method === 'POST' ? { body: {}, headers: { 'idempotency-key': ulid() } } : {};
  const refused = await send(method, path, { ...sending, as: { who: 'anna', scopes: others } });
  expect(refused.status).toBe(403);
  expect(await deviations(operation, refused)).toEqual([]);
  const allowed = await send(method, path, {
    ...sending,
    as: { who: 'anna', scopes: SCOPES.filter((scope) => scope === needed) },
  });
  expect([401, 403, 500]).not.toContain(allowed.status);
});

it('says the same to strangers whether an address is there or not', async () => {
  const { send } = await openPracticeApi();
  for (const path of ['/', '/v1/nothing', '/v1/jobs/x', '/.env']) {
    expect((await send('GET', path, { as: 'nobody' })).status).toBe(401);
  }
});

it.each([
  ['GET', '/v1/nothing', 404, 'not-found'],
  ['GET', '/v1/jobs/', 404, 'not-found'],
  ['DELETE', '/v1/jobs', 405, 'method-not-allowed'],
  ['PUT', '/v1/jobs/01KAJ3W0Q4X9GZ5M1T2R8C7B6A', 405, 'method-not-allowed'],
  ['GET', '/v1/jobs/01KAJ3W0Q4X9GZ5M1T2R8C7B6A/cancel', 405, 'method-not-allowed'],
  ['GET', '/v1/jobs/01KAJ3W0Q4X9GZ5M1T2R8C7B6A', 404, 'job-not-found'],
  ['GET', '/v1/jobs/01KAJ3W0Q4X9GZ5M1T2R8C7B6A/timeline', 404, 'job-not-found'],
  ['GET', '/v1/jobs/JOB%23x', 400, 'bad-request'],
  ['GET', '/v1/jobs/%00', 400, 'bad-request'],
  ['GET', '/v1/runbooks/absent', 404, 'runbook-not-found'],
  ['GET', '/v1/runbooks/..%2F..%2Fetc%2Fpasswd', 400, 'bad-request'],
  ['GET', '/v1/readiness/orders/orders', 400, 'bad-request'],
  ['GET', '/v1/readiness?every=soon', 400, 'bad-request'],
  ['GET', '/v1/readiness?every=1%0Dd', 400, 'bad-request'],
  ['GET', '/v1/readiness?every=1%C2%A0d', 400, 'bad-request'],
  ['GET', '/v1/readiness?every=9999999w', 400, 'bad-request'],
])('%s %s is %i %s', async (method, path, status, name) => {
  const { send } = await openPracticeApi();
  const reply = await send(method, path);
  expect(reply.status).toBe(status);
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  expect((await problemIn(reply)).name).toBe(name);
});

it('tells which methods an address takes', async () => {
  const { send } = await openPracticeApi();
  expect((await send('PATCH', '/v1/jobs')).headers.get('allow')).toBe('POST, GET, HEAD');
});

it.each([
  ['text/plain', '{}', 415, 'media-type-unsupported'],
  ['', '{}', 415, 'media-type-unsupported'],
  ['application/json', '', 400, 'bad-request'],
  ['application/json', '{', 400, 'bad-request'],
  ['application/json', '['.repeat(100_000), 400, 'bad-request'],
  // A string without end, in which each quote could begin one: it must be read once.
  ['application/json', `"${'\\"'.repeat(120_000)}`, 400, 'bad-request'],
  ['application/json', `{"name":"${'x'.repeat(MAX_BODY_BYTES)}"}`, 413, 'body-too-large'],
  ['application/json; charset=utf-8', '{"name":"nightly"}', 201, ''],
])('takes a body of %j, %.20s … as %i', async (type, body, status, name) => {
  const { send } = await openPracticeApi();
  const reply = await send('POST', '/v1/jobs', {
    body,
    headers: { 'content-type': type, 'idempotency-key': ulid() },
  });
  expect(reply.status).toBe(status);
  expect(await deviations(operationAt('POST', '/v1/jobs')!, reply)).toEqual([]);
  if (name !== '') expect((await problemIn(reply)).name).toBe(name);
});

it('takes no compressed body, nor one that is not UTF-8', async () => {
  const { api, send } = await openPracticeApi();
  const headers = { 'idempotency-key': ulid(), 'content-encoding': 'gzip' };
  expect((await send('POST', '/v1/jobs', { body: {}, headers })).status).toBe(415);
  const reply = await api.request('/v1/jobs', {
    method: 'POST',
    headers: {
      authorization: 'Practice {"who":"x","scopes":["operate"]}',
      'content-type': 'application/json',
      'idempotency-key': ulid(),
    },
    body: new Uint8Array([0x22, 0xff, 0x22]),
  });
  expect(reply.status).toBe(400);
});

it('tells nothing of its own faults but an id, under which the host finds them', async () => {
  const secret = 'table arn:aws:secret at /home/lifeboat';
  const practice = await openPracticeApi();
  const { jobs } = practice.host;
  const fail = async (error: Error) => {
    const { send, failures } = await openPracticeApi({ jobs: { ...jobs, get: () => Promise.reject(error) } });
    const reply = await send('GET', '/v1/jobs/01KAJ3W0Q4X9GZ5M1T2R8C7B6A');
    expect(await reply.clone().text()).not.toContain('secret');
    expect(failures).toEqual([error]);
    expect((await problemIn(reply.clone())).instance).toMatch(/^urn:lifeboat:request:\w{26}$/);
    return reply;
  };
  expect((await fail(new Error(secret))).status).toBe(500);
  const unavailable = await fail(new HistoryUnavailableError(secret));
  expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '5']);
});

it('answers HEAD as GET, without the body', async () => {
  const practice = await openPracticeApi();
  const { jobId } = await startedJob(practice);
  const reply = await practice.send('HEAD', `/v1/jobs/${jobId}`);
  expect([reply.status, await reply.text()]).toEqual([200, '']);
});
