import { equal, notEqual, ok } from 'node:assert/strict';
import { get, post, type Api, type ApiRequest } from './api.ts';
import type { Deployment } from './deployment.ts';
import type { Progress } from './progress.ts';
import type { Reply } from './signed-request.ts';

const JOB = '01M803MRKRF7KPT9GWF2NGTVYH';

/** A request to every route of the API, by what it takes to send it. */
const REQUESTS: Readonly<Record<'read' | 'operate' | 'approve' | 'breakGlass', readonly ApiRequest[]>> = {
  read: [
    '/openapi.json',
    '/v1/jobs',
    `/v1/jobs/${JOB}`,
    `/v1/jobs/${JOB}/timeline`,
    `/v1/jobs/${JOB}/report`,
    `/v1/jobs/${JOB}/report.html`,
    '/v1/runbooks',
    '/v1/runbooks/orders-deployed-drill',
    '/v1/readiness',
  ].map(get),
  operate: [
    post('/v1/jobs', { name: 'orders-deployed-drill' }, { 'idempotency-key': 'refused' }),
    post('/v1/plans', { name: 'orders-deployed-drill' }),
    post(`/v1/jobs/${JOB}/cancel`, { reason: 'No.' }),
  ],
  approve: [
    post(`/v1/jobs/${JOB}/approve`, { plan: '0'.repeat(64), reason: 'Yes.' }),
    post(`/v1/jobs/${JOB}/reject`, { plan: '0'.repeat(64), reason: 'No.' }),
  ],
  // A drill is nothing to break the glass for, so that whoever is let in starts nothing.
  breakGlass: [
    post(
      '/v1/break-glass',
      { name: 'orders-deployed-drill', cluster: 'orders-drill', reason: 'No.' },
      { 'idempotency-key': 'refused' },
    ),
  ],
};

const ALL = Object.values(REQUESTS).flat();

/** Whoever is not known, or may not do what is asked, gets in nowhere; and whoever may, does. */
export async function checkRefusals({ api, people, jobs }: Deployment, progress: Progress): Promise<void> {
  const nobody = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'nobody knows' };
  const wrongSecret = { ...people.operate, secretAccessKey: 'not the secret of this key' };
  const refused = {
    'requests without a signature': (wanted: ApiRequest) => api.tampered(undefined, wanted),
    'requests signed with a key that is not there': (wanted: ApiRequest) => api.as(nobody, wanted),
    'requests signed with a wrong secret': (wanted: ApiRequest) => api.as(wrongSecret, wanted),
    'requests signed an hour ago': (wanted: ApiRequest) =>
      api.as(people.operate, wanted, { datetime: hourAgo() }),
    'requests signed for another service': (wanted: ApiRequest) =>
      api.as(people.operate, wanted, { service: 's3' }),
    'requests of another address than was signed': (wanted: ApiRequest) =>
      api.tampered(people.operate, wanted, (signed) => ({ ...signed, path: `${signed.path}?limit=1` })),
    'requests of somebody who may do nothing': (wanted: ApiRequest) => api.as(people.nothing, wanted),
  };
  for (const [what, ask] of Object.entries(refused)) {
    await progress.check(`refused: ${what}`, () => allRefused(ALL, ask));
  }
  await progress.check('refused: requests with a token, where signatures are asked for', async () => {
    for (const wanted of ALL) {
      const headers = { ...wanted.headers, authorization: 'Bearer lifeboat' };
      // API Gateway lets them through to nobody. MiniStack does, and then Lifeboat does not know who it is.
      equal((await api.tampered(undefined, { ...wanted, headers })).status, 401, wanted.path);
    }
  });
  await progress.check(
    'refused: what a reader, an operator, an approver and a breaker of the glass may not do',
    async () => {
      const { operate, approve, breakGlass } = REQUESTS;
      await allRefused([...operate, ...approve, ...breakGlass], (wanted) => api.as(people.read, wanted));
      await allRefused([...approve, ...breakGlass], (wanted) => api.as(people.operate, wanted));
      await allRefused([...operate, ...breakGlass], (wanted) => api.as(people.approve, wanted));
      await allRefused([...operate, ...approve], (wanted) => api.as(people.breakGlass, wanted));
    },
  );
  await progress.check('refused: paths that policies read otherwise than the API does', async () => {
    // A policy for POST/v1/jobs/*/cancel lets these through.
    for (const path of [
      `/v1/jobs/${JOB}/approve%3F/cancel`,
      `/v1/jobs/${JOB}/approve%23/cancel`,
      `/v1/jobs//${JOB}/cancel`,
    ]) {
      const sent = post(path, { plan: '0'.repeat(64), reason: 'Yes.' });
      const { status, text } = await api.as(people.operate, sent);
      ok([400, 403, 404].includes(status) && !text.includes('job-not-found'), `${path}: ${status} ${text}`);
    }
  });
  await progress.check('nobody who was refused has started a job', async () => {
    const { jobs: listed } = await jobs.list({ by: 'all' }, { limit: 100 });
    for (const { jobId } of listed) equal((await jobs.get(jobId)).startedBy.type, 'schedule');
  });
  await progress.check('let in: who may', () => letIn(api, people));
}

async function letIn(api: Api, people: Deployment['people']): Promise<void> {
  for (const name of ['read', 'operate', 'approve', 'breakGlass'] as const) {
    for (const wanted of [...REQUESTS.read, ...(name === 'read' ? [] : REQUESTS[name])]) {
      // Starting a job is left to those who follow it.
      if (wanted.path === '/v1/jobs' && wanted.method === 'POST') continue;
      const reply = await api.as(people[name], wanted);
      notEqual(reply.status, 403, `${name}: ${wanted.method} ${wanted.path}: ${reply.text}`);
      ok(reply.status < 500, reply.text);
    }
  }
}

/** All are answered with 403, and with nothing that Lifeboat says. */
async function allRefused(
  requests: readonly ApiRequest[],
  ask: (wanted: ApiRequest) => Promise<Reply>,
): Promise<void> {
  for (const wanted of requests) {
    const { status, text } = await ask(wanted);
    equal(status, 403, `${wanted.method} ${wanted.path} was answered with ${status}: ${text}`);
    ok(text.length < 1000 && !text.includes('urn:lifeboat'), text);
  }
}

function hourAgo(): string {
  return new Date(Date.now() - 3600_000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
