import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { expect, it, onTestFinished } from 'vitest';
import { createApi } from '../../../core/http/api.ts';
import { isCanonicalPath } from '../../../core/http/canonical-path.ts';
import { serveHost, type ServeSettings } from '../../../local/serve/serve-host.ts';
import { openPracticeApi, startedJob } from './practice-host.ts';

const JOB = '01KAJ3W0Q4X9GZ5M1T2R8C7B6A';

it.each([
  '/',
  '/openapi.json',
  '/v1/jobs',
  `/v1/jobs/${JOB}/report.html`,
  '/v1/runbooks/orders_weekly-drill',
  '/v1/readiness/5e2f1c0a9d3b7a4c8e6f0a01/orders-EU-1',
])('%s can be read in one way only', (path) => {
  expect(isCanonicalPath(path)).toBe(true);
});

/** Paths that lead elsewhere than they seem to, once they are decoded or normalised. */
const OTHERS = [
  '',
  'v1/jobs',
  '//v1/jobs',
  '/v1//jobs',
  '/v1/jobs//',
  '/v1/plans/../jobs',
  '/v1/plans/%2e%2e/jobs',
  '/v1/plans/.%2E/jobs',
  '/v1/./jobs',
  '/v1/jobs/.',
  '/v1/jobs/..',
  `/v1/jobs/${JOB}/%61pprove`,
  `/v1/jobs/${JOB}/approve?/cancel`,
  `/v1/jobs/${JOB}/approve#/cancel`,
  `/v1/jobs/${JOB}/approve%3F/cancel`,
  `/v1/jobs/${JOB}/approve%23/cancel`,
  `/v1/jobs/${JOB}%2Fapprove`,
  `/v1/jobs\\${JOB}`,
  '/v1/jobs;a=b',
  '/v1/jobs%00',
  '/v1/jobs\u0000',
  '/v1/jobs\n',
  '/v1/jobs%0d%0a',
  '/v1/jobs/ä',
  '/v1/jobs/a b',
  '/v1/jobs.',
  '/.env',
  'http://127.0.0.1/v1/jobs',
  '*',
];

it.each(OTHERS)('%j cannot', (path) => {
  expect(isCanonicalPath(path)).toBe(false);
});

it('the API takes none of them, whatever was made of it on the way', async () => {
  let sent = '/v1/jobs';
  const { send } = await openPracticeApi({ rawPath: () => sent });
  expect((await send('GET', '/v1/jobs')).status).toBe(200);
  for (sent of OTHERS) expect([sent, (await send('GET', '/v1/jobs')).status]).toEqual([sent, 400]);
});

it('tells a stranger no more of them than of any other path', async () => {
  const { send } = await openPracticeApi({ rawPath: () => '/v1/plans/../jobs' });
  expect((await send('GET', '/v1/jobs', { as: 'nobody' })).status).toBe(401);
});

it('lifeboat serve sees the path as it was sent', async () => {
  const practice = await openPracticeApi();
  const { rawPath } = serveHost({ history: {} } as ServeSettings);
  const { fetch } = createApi({ ...practice.host, ...(rawPath && { rawPath }) });
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false, createServer });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { jobId } = await startedJob(practice);
  const send = (path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const authorization = 'Practice {"who":"hugo","scopes":["read"]}';
      const { port } = server.address() as AddressInfo;
      httpRequest({ host: '127.0.0.1', port, path, headers: { authorization }, agent: false }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await send(`/v1/jobs/${jobId}`)).toBe(200);
  expect(await send('/v1/jobs?limit=2')).toBe(200);
  for (const path of [
    `/v1/plans/../jobs/${jobId}`,
    `/v1/%6aobs/${jobId}`,
    `/v1/./jobs/${jobId}`,
    `//v1/jobs/${jobId}`,
    `/v1/jobs/x/%2e%2e/${jobId}`,
  ])
    expect([path, await send(path)]).toEqual([path, 400]);
});
