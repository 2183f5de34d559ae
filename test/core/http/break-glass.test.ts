import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { parsePolicy } from '../../../core/policy/parse-policy.ts';
import { buildReport } from '../../../core/report/build-report.ts';
import { headline } from '../../../core/report/headline.ts';
import { TARGET } from '../../support/approving.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { deviations, operationAt } from './document-check.ts';
import { openPracticeApi, problemIn, somebody, type PracticeApi } from './practice-host.ts';

const PROTECTED = `protectedClusters: ['${TARGET}']
approvals: [{ targets: ['*'], count: 2 }]
notify: [{ webhook: { url: https://ops.example.com/hook }, on: [succeeded] }]
`;
const ANNA = somebody('anna', 'break-glass');
const RESTORE = runbookText({ kind: 'restore' });
const BODY = { runbook: RESTORE, cluster: 'orders-drill', reason: 'prod is gone' };

const open = (more = 'breakGlass: true\n') =>
  openPracticeApi({ policy: parsePolicy(`${PROTECTED}${more}`, 'policy.yaml').policy });

const send = ({ send: sent }: PracticeApi, body: object = BODY, as = ANNA, key = ulid()) =>
  sent('POST', '/v1/break-glass', { body, as, headers: { 'idempotency-key': key } });

async function expectNothingStarted({ begun, host }: PracticeApi): Promise<void> {
  expect(begun).toEqual([]);
  expect((await host.jobs.list({ by: 'all' }, { limit: 1 })).jobs).toEqual([]);
}

it('lets one person restore onto a protected cluster, records it, notifies people and says so first of all', async () => {
  const api = await open();
  const reply = await send(api);
  expect(reply.status).toBe(201);
  expect(await deviations(operationAt('POST', '/v1/break-glass')!, reply)).toEqual([]);
  const { jobId } = (await reply.json()) as { jobId: string };
  expect(api.begun).toEqual([jobId]);
  const { rehearsal, host } = api;
  const job = await rehearsal.run(jobId, { context: { ...rehearsal.context, policy: host.policy } });
  expect(job).toMatchObject({
    status: 'SUCCEEDED',
    approvals: {},
    startedBy: { type: 'http', who: 'anna' },
    breakGlass: {
      by: { type: 'http', who: 'anna' },
      reason: 'prod is gone',
      cluster: TARGET,
      bypassed: ['approval', 'protected-cluster'],
    },
    notices: { 'break-glass@1': { outcome: 'sent' } },
  });
  const page = await api.send('GET', '/v1/jobs');
  expect(await deviations(operationAt('GET', '/v1/jobs')!, page.clone())).toEqual([]);
  expect(await page.json()).toMatchObject({ jobs: [{ jobId, breakGlass: true }] });
  const timeline = await host.jobs.timeline(jobId);
  expect(timeline[0]?.type).toBe('break-glass');
  expect(headline(buildReport(job, timeline, job.updatedAt))).toMatch(
    /^BREAK-GLASS by anna \(prod is gone\): /,
  );
});

it('sent again with the same key and body, it is one job and one event', async () => {
  const api = await open();
  const key = ulid();
  const first = (await (await send(api, BODY, ANNA, key)).json()) as { jobId: string };
  const again = await send(api, BODY, ANNA, key);
  expect(again.status).toBe(200);
  expect(await again.json()).toMatchObject({ jobId: first.jobId });
  const timeline = await api.host.jobs.timeline(first.jobId);
  expect(timeline.filter(({ type }) => type === 'break-glass')).toHaveLength(1);
  expect((await send(api, { ...BODY, reason: 'another' }, ANNA, key)).status).toBe(422);
});

it('records the event of a job whose first request failed right behind its record', async () => {
  const { host } = await open();
  let failures = 0;
  const append: typeof host.jobs.append = (...event) =>
    (failures += 1) === 1 ? Promise.reject(new Error('lost')) : host.jobs.append(...event);
  const reply = await send(await openPracticeApi({ ...host, jobs: { ...host.jobs, append } }));
  const { jobId } = (await reply.json()) as { jobId: string };
  expect((await host.jobs.timeline(jobId))[0]?.type).toBe('break-glass');
});

it.each([['operate'], ['read', 'operate', 'approve']] as const)(
  'is refused to whoever has %s only',
  async (...scopes) => {
    const api = await open();
    const reply = await send(api, BODY, somebody('anna', ...scopes));
    expect([reply.status, (await problemIn(reply)).name]).toEqual([403, 'scope-missing']);
    await expectNothingStarted(api);
  },
);

it.each(['', 'breakGlass: false\n'])('is refused where the policy does not allow it: %j', async (more) => {
  const api = await open(more);
  const reply = await send(api);
  expect(reply.status).toBe(403);
  expect(await problemIn(reply)).toMatchObject({
    name: 'policy-refused',
    detail: expect.stringContaining('does not allow break-glass') as string,
    changed: 'Nothing was changed.',
  });
  await expectNothingStarted(api);
});

it('is refused to an AWS role, which may be a program', async () => {
  const api = await open();
  const role = 'arn:aws:sts::111111111111:assumed-role/Agent';
  const reply = await send(api, BODY, somebody(role, 'break-glass'));
  expect([reply.status, (await problemIn(reply)).name]).toEqual([403, 'policy-refused']);
  await expectNothingStarted(api);
});

it.each([
  [{ cluster: 'orders' }, ['cluster']],
  [{ cluster: 'Orders-Drill' }, ['cluster']],
  [{ cluster: TARGET }, ['cluster']],
  [{ cluster: '' }, ['cluster']],
  [{ cluster: undefined }, ['cluster']],
  [{ reason: undefined }, ['reason']],
  [{ reason: ' \n ' }, ['reason']],
  [{ reason: 'one\u202etwo' }, ['reason']],
  [{ cluster: undefined, reason: undefined }, ['cluster', 'reason']],
  [{ runbook: runbookText({ kind: 'drill' }) }, ['runbook']],
  [{ yes: true }, ['yes']],
])('is refused with %j, and every mistake is named', async (changes, fields) => {
  const api = await open();
  const reply = await send(api, { ...BODY, ...changes });
  expect(reply.status).toBe(422);
  const named = (await problemIn(reply)).fields?.map(({ field }) => field) ?? [];
  expect([...new Set(named)].sort()).toEqual(fields);
  await expectNothingStarted(api);
});

it('is no option of the ordinary start', async () => {
  const api = await open();
  for (const more of [
    { breakGlass: true },
    { cluster: 'orders-drill', reason: 'prod is gone' },
    { breakGlass: { cluster: TARGET, reason: 'prod is gone' } },
  ]) {
    const reply = await api.send('POST', '/v1/jobs', {
      body: { runbook: RESTORE, ...more },
      as: somebody('anna', 'read', 'operate', 'approve', 'break-glass'),
      headers: { 'idempotency-key': ulid() },
    });
    expect([reply.status, (await problemIn(reply)).name]).toEqual([422, 'invalid-body']);
  }
  await expectNothingStarted(api);
});
