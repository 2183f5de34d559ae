import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { parsePolicy } from '../../../core/policy/parse-policy.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { openPracticeApi, problemIn, startedJob } from './practice-host.ts';

const open = (text: string) => openPracticeApi({ policy: parsePolicy(text, 'policy.yaml').policy });
const start = (api: Awaited<ReturnType<typeof open>>, body: object) =>
  api.send('POST', '/v1/jobs', { body, headers: { 'idempotency-key': ulid() } });

it('an operator cannot drop the approval and the guards of a kept runbook', async () => {
  const api = await open('overrides: [recoveryPoint]');
  const reply = await start(api, { name: 'nightly', overrides: { approval: null, guards: null } });
  expect(reply.status).toBe(403);
  expect(await problemIn(reply)).toMatchObject({
    name: 'policy-refused',
    error: 'PolicyRefusedError',
    changed: 'Nothing was changed.',
  });
  expect(api.begun).toEqual([]);
  expect((await api.host.jobs.list({ by: 'all' }, { limit: 1 })).jobs).toEqual([]);
});

it('what the policy lists may be overridden, and is recorded', async () => {
  const api = await open('overrides: [objectives]');
  const job = await startedJob(api, { name: 'nightly', overrides: { objectives: { rto: '2h' } } });
  const record = await api.host.jobs.get(job.jobId);
  expect(record.origin).toEqual({ kept: 'nightly', overridden: ['objectives.rto'] });
});

it('a runbook that is sent along is refused where only kept ones may be run', async () => {
  const api = await open('runbooks: kept');
  expect((await start(api, { runbook: runbookText() })).status).toBe(403);
  expect((await start(api, { name: 'nightly' })).status).toBe(201);
});

it('a plan says what the policy requires and forbids', async () => {
  const api = await open(`runbooks: kept\napprovals: [{ targets: ['*'], count: 3 }]`);
  const reply = await api.send('POST', '/v1/plans', { body: { runbook: runbookText() } });
  const plan = (await reply.json()) as Record<string, unknown>;
  expect(reply.status).toBe(200);
  expect(plan).toMatchObject({ ok: false, policy: { approval: { count: 3 } } });
  expect(JSON.stringify(plan.policy)).toContain('this one was brought along');
});
