import { expect, it } from 'vitest';
import { ulid } from 'ulid';
import { isRestoreJob, type Job } from '../../../core/jobs/job.ts';
import { restoreClass } from '../../../core/tasks/work-class.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { deviations, operationAt } from './document-check.ts';
import { openPracticeApi, problemIn, somebody, startedJob } from './practice-host.ts';

const key = () => ({ 'idempotency-key': ulid() });

async function expectDocumented(method: string, path: string, reply: Response): Promise<void> {
  expect(await deviations(operationAt(method, path)!, reply)).toEqual([]);
}

it('starts a job from a runbook in the request, and says where it is', async () => {
  const practice = await openPracticeApi();
  const { send, begun, rehearsal } = practice;
  const reply = await send('POST', '/v1/jobs', {
    body: { runbook: runbookText(), seed: 12 },
    headers: key(),
    as: somebody('ci', 'operate'),
  });
  expect(reply.status).toBe(201);
  await expectDocumented('POST', '/v1/jobs', reply);
  const job = (await reply.json()) as Job;
  expect(reply.headers.get('location')).toBe(`/v1/jobs/${job.jobId}`);
  expect(job).toMatchObject({
    status: 'PENDING',
    startedBy: { type: 'http', who: 'ci' },
    seed: 12,
    runbookText: runbookText(),
    atlasUrl: rehearsal.simulator.baseUrl,
  });
  expect(job).not.toHaveProperty('version');
  expect(begun).toEqual([job.jobId]);
});

it('starts a job from an object, and from a kept runbook with overrides', async () => {
  const practice = await openPracticeApi();
  const object = {
    version: 1,
    kind: 'drill',
    name: 'as-object',
    source: { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' },
    target: { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' },
    recoveryPoint: { latest: {} },
  };
  expect(await startedJob(practice, { runbook: object })).toMatchObject({ runbook: { name: 'as-object' } });

  const overrides = { objectives: { rto: null, rpo: '2h' }, description: 'tonight' };
  const job = await startedJob(practice, { name: 'nightly', overrides });
  expect(job.runbook).toMatchObject({
    name: 'nightly-orders',
    description: 'tonight',
    objectives: { rpo: 7200 },
  });
  expect(job.runbook).not.toHaveProperty('objectives.rto');
  expect(job.runbookText).toContain('# Runbook nightly, with overrides.');
  expect((await practice.rehearsal.run(job.jobId)).status).toBe('SUCCEEDED');
});

it('names every mistake of a runbook with its place, and starts nothing', async () => {
  const { send, begun, host } = await openPracticeApi();
  const text = runbookText({ source: '{ project: short, cluster: orders }', objectives: '{ rto: soon }' });
  const reply = await send('POST', '/v1/jobs', { body: { runbook: text }, headers: key() });
  expect(reply.status).toBe(422);
  await expectDocumented('POST', '/v1/jobs', reply);
  expect(await problemIn(reply)).toMatchObject({
    name: 'invalid-runbook',
    fields: [
      { field: 'runbook.source.project', line: 4 },
      { field: 'runbook.objectives.rto', line: 7 },
    ],
  });
  expect(begun).toEqual([]);
  expect((await host.jobs.list({ by: 'all' }, { limit: 10 })).jobs).toEqual([]);
});

it.each([
  [{}, ['runbook']],
  [{ runbook: 'x', name: 'nightly' }, ['name']],
  [{ name: 'nightly', overrides: { kind: 'restore', name: 'x' } }, ['overrides.kind', 'overrides.name']],
  [{ name: '../secret', surprise: 1, seed: -1 }, ['name', 'seed', 'surprise']],
  [['a list'], ['body']],
  [null, ['body']],
])('refuses the body %j and names what is wrong', async (body, fields) => {
  const { send } = await openPracticeApi();
  const reply = await send('POST', '/v1/jobs', { body: JSON.stringify(body), headers: key() });
  expect(reply.status).toBe(422);
  await expectDocumented('POST', '/v1/jobs', reply);
  const told = await problemIn(reply);
  expect(told.name).toBe('invalid-body');
  expect(told.fields?.map(({ field }) => field).sort()).toEqual(fields);
});

it('plans what a job would do, and leaves no trace', async () => {
  const { send, host, rehearsal } = await openPracticeApi();
  const reply = await send('POST', '/v1/plans', { body: { name: 'nightly' } });
  expect(reply.status).toBe(200);
  await expectDocumented('POST', '/v1/plans', reply);
  expect(await reply.json()).toMatchObject({ ok: true, kind: 'drill', runbook: 'nightly-orders' });
  expect((await host.jobs.list({ by: 'all' }, { limit: 10 })).jobs).toEqual([]);
  expect(await (await fetch(`${rehearsal.simulator.baseUrl}/simulator/restoreJobs`)).json()).toEqual([]);

  const absent = runbookText({ source: '{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: nowhere }' });
  const refused = await send('POST', '/v1/plans', { body: { runbook: absent } });
  expect(refused.status).toBe(422);
  expect(await problemIn(refused)).toMatchObject({ name: 'cluster-unusable', error: 'ClusterNotFoundError' });
});

it('lists jobs by cluster, status and kind, page by page', async () => {
  const practice = await openPracticeApi();
  const { send } = practice;
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) ids.push((await startedJob(practice)).jobId);
  const first = await send('GET', '/v1/jobs?limit=2');
  await expectDocumented('GET', '/v1/jobs', first);
  const page = (await first.json()) as { jobs: { jobId: string }[]; cursor: string };
  const second = (await (await send('GET', `/v1/jobs?limit=2&cursor=${page.cursor}`)).json()) as typeof page;
  expect([...page.jobs, ...second.jobs].map(({ jobId }) => jobId)).toEqual(ids.toReversed());
  expect(second).not.toHaveProperty('cursor');

  const count = async (query: string) =>
    ((await (await send('GET', `/v1/jobs?${query}`)).json()) as typeof page).jobs.length;
  expect(await count('status=PENDING')).toBe(3);
  expect(await count('kind=restore')).toBe(0);
  expect(await count('cluster=5e2f1c0a9d3b7a4c8e6f0a01%2Forders')).toBe(3);
  const other = await send('GET', `/v1/jobs?status=PENDING&cursor=${page.cursor}`);
  expect([other.status, (await problemIn(other)).name]).toEqual([400, 'bad-cursor']);
});

it.each([
  ['limit=0', ['limit']],
  ['limit=201', ['limit']],
  ['status=DONE&unknown=1', ['status', 'unknown']],
  ['status=FAILED&kind=drill', ['kind']],
  ['limit=1&limit=2', ['limit']],
  ['cluster=orders', ['cluster']],
])('refuses the list ?%s', async (query, fields) => {
  const { send } = await openPracticeApi();
  const reply = await send('GET', `/v1/jobs?${query}`);
  expect(reply.status).toBe(400);
  const told = await problemIn(reply);
  expect(told.fields?.map(({ field }) => field).sort()).toEqual(fields);
});

it('gives a job, its timeline and its report: as kept once it has ended', async () => {
  const practice = await openPracticeApi();
  const { send, rehearsal, reports } = practice;
  const { jobId } = await startedJob(practice);
  const pending = await send('GET', `/v1/jobs/${jobId}/report`);
  expect(await pending.json()).toMatchObject({ jobId, status: 'PENDING', verdict: null });

  await rehearsal.run(jobId);
  const kept = rehearsal.reports[0]!;
  reports.set(jobId, { ...kept, generatedAt: '2030-01-01T00:00:00.000Z' });
  for (const part of ['', '/timeline', '/report', '/report.html']) {
    const path = `/v1/jobs/${jobId}${part}`;
    const reply = await send('GET', path);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('cache-control')).toBe('no-store');
    await expectDocumented('GET', path, reply);
  }
  const job = (await (await send('GET', `/v1/jobs/${jobId}`)).json()) as Job;
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  const { events } = (await (await send('GET', `/v1/jobs/${jobId}/timeline`)).json()) as {
    events: unknown[];
  };
  expect(events).toEqual(await rehearsal.jobs.timeline(jobId));
  const report = await send('GET', `/v1/jobs/${jobId}/report`);
  expect(await report.json()).toMatchObject({ generatedAt: '2030-01-01T00:00:00.000Z' });
  const page = await send('GET', `/v1/jobs/${jobId}/report.html`);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain(jobId);
});

it('tells how long a restore still takes while Atlas works, judged by earlier ones', async () => {
  const practice = await openPracticeApi();
  const { send, rehearsal } = practice;
  const { jobId } = await startedJob(practice);
  const looked: unknown[] = [];
  rehearsal.when('restore-started', async () => {
    const job = await rehearsal.jobs.get(jobId);
    if (!isRestoreJob(job)) throw new TypeError('A drill is a restore.');
    for (const bySeconds of [1_000, 1_000, 1_100, 1_200, 1_200, 1_300])
      await rehearsal.jobs.learnDuration(restoreClass(job), ulid(), { afterSeconds: bySeconds, bySeconds });
    const reply = await send('GET', `/v1/jobs/${jobId}`);
    await expectDocumented('GET', `/v1/jobs/${jobId}`, reply);
    looked.push(await reply.json());
  });
  await rehearsal.run(jobId);
  expect(looked).toMatchObject([{ outlook: { phase: 'restore', earlier: 6, longer: 6 } }]);
  const [{ outlook }] = looked as [{ outlook: { left: { likelySeconds: number } } }];
  expect(outlook.left.likelySeconds).toBeGreaterThan(900);
  expect(outlook.left.likelySeconds).toBeLessThan(1_300);
  const ended = await send('GET', `/v1/jobs/${jobId}`);
  expect(await ended.json()).not.toHaveProperty('outlook');
});

it('cancels a job, and one that has ended no more', async () => {
  const practice = await openPracticeApi();
  const { send, rehearsal, woken } = practice;
  const { jobId } = await startedJob(practice);
  const path = `/v1/jobs/${jobId}/cancel`;
  const reply = await send('POST', path, { body: { reason: 'wrong target' } });
  await expectDocumented('POST', path, reply);
  expect(await reply.json()).toMatchObject({ cancel: { by: 'hugo', reason: 'wrong target' } });
  expect(woken).toEqual([jobId]);
  expect((await rehearsal.run(jobId)).status).toBe('CANCELLED');
  const again = await send('POST', path, { body: { reason: 'once more' } });
  expect([again.status, (await problemIn(again)).name]).toEqual([409, 'job-ended']);
});

it('takes approvals from others, for the plan that stands, and wakes the job', async () => {
  const practice = await openPracticeApi();
  const { send, rehearsal, woken } = practice;
  const job = await startedJob(practice, { name: 'nightly', overrides: { approval: { count: 1 } } });
  const path = `/v1/jobs/${job.jobId}/approve`;
  const replies: number[] = [];
  rehearsal.when('approval-wanted', async () => {
    const asked = (await (await send('GET', `/v1/jobs/${job.jobId}`)).json()) as Job;
    const plan = asked.approvals.job!.plan.hash;
    const body = { reason: 'agreed', plan: plan.slice(0, 12) };
    const own = await send('POST', path, { body });
    await expectDocumented('POST', path, own);
    const other = await send('POST', path, { body: { ...body, plan: '0'.repeat(64) }, as: somebody('anna') });
    const good = await send('POST', path, { body, as: somebody('anna', 'approve') });
    await expectDocumented('POST', path, good);
    replies.push(own.status, other.status, good.status);
  });
  expect((await rehearsal.run(job.jobId)).status).toBe('SUCCEEDED');
  expect(replies).toEqual([409, 409, 200]);
  expect(woken).toEqual([job.jobId]);
});

it('lets one no end a job', async () => {
  const practice = await openPracticeApi();
  const { send, rehearsal } = practice;
  const job = await startedJob(practice, { name: 'nightly', overrides: { approval: { count: 2 } } });
  rehearsal.when('approval-wanted', async () => {
    const { approvals } = await rehearsal.jobs.get(job.jobId);
    const plan = approvals.job!.plan.hash;
    const path = `/v1/jobs/${job.jobId}/reject`;
    const reply = await send('POST', path, { body: { reason: 'not tonight', plan }, as: somebody('anna') });
    expect(reply.status).toBe(200);
  });
  expect(await rehearsal.run(job.jobId)).toMatchObject({
    status: 'FAILED',
    failure: { name: 'ApprovalRejectedError' },
  });
});
