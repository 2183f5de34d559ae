import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import type { Job } from '../../../core/jobs/job.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { openPracticeApi, problemIn, somebody, type PracticeApi } from './practice-host.ts';

const start = ({ send }: PracticeApi, key: string, body: unknown, as = somebody('ci')) =>
  send('POST', '/v1/jobs', { body, as, headers: { 'idempotency-key': key } });

async function jobIdIn(reply: Response): Promise<string> {
  return ((await reply.json()) as Job).jobId;
}

async function jobCount({ host }: PracticeApi): Promise<number> {
  return (await host.jobs.list({ by: 'all' }, { limit: 50 })).jobs.length;
}

it('gives the same job to the same request under the same key, however its members are ordered', async () => {
  const practice = await openPracticeApi();
  const key = ulid();
  const first = await start(practice, key, {
    name: 'nightly',
    overrides: { description: 'a', objectives: null },
  });
  const again = await start(practice, key, {
    overrides: { objectives: null, description: 'a' },
    name: 'nightly',
  });
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(await jobIdIn(again)).toBe(await jobIdIn(first));
  expect(await jobCount(practice)).toBe(1);
});

it('does not start a job that ended already once more', async () => {
  const practice = await openPracticeApi();
  const key = ulid();
  const jobId = await jobIdIn(await start(practice, key, { name: 'nightly' }));
  await practice.rehearsal.run(jobId);
  const again = await start(practice, key, { name: 'nightly' });
  expect(await again.json()).toMatchObject({ jobId, status: 'SUCCEEDED' });
  expect(practice.begun).toEqual([jobId]);
});

it('refuses another request under a key that was used, and keeps the keys of two senders apart', async () => {
  const practice = await openPracticeApi();
  const key = ulid();
  const mine = await jobIdIn(await start(practice, key, { name: 'nightly' }));
  const other = await start(practice, key, { runbook: runbookText() });
  expect([other.status, (await problemIn(other)).name]).toEqual([422, 'key-used-before']);
  const theirs = await start(practice, key, { runbook: runbookText() }, somebody('another'));
  expect(theirs.status).toBe(201);
  expect(await jobIdIn(theirs)).not.toBe(mine);
});

it('starts one job of many that come at once', async () => {
  const practice = await openPracticeApi();
  const key = ulid();
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => start(practice, key, { name: 'nightly' })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
  expect(new Set(await Promise.all(replies.map(jobIdIn))).size).toBe(1);
  expect(await jobCount(practice)).toBe(1);
});

it('goes on where a sender got no further than the key, or the record', async () => {
  const practice = await openPracticeApi();
  const { host, begun } = practice;
  const key = ulid();
  const broken = await openPracticeApi({
    requests: host.requests,
    jobs: { ...host.jobs, create: () => Promise.reject(new Error('killed')) },
  });
  expect((await start(broken, key, { name: 'nightly' })).status).toBe(500);
  const unrun = await openPracticeApi({
    requests: host.requests,
    jobs: host.jobs,
    runWorkflow: () => Promise.reject(new Error('killed')),
  });
  expect((await start(unrun, key, { name: 'nightly' })).status).toBe(500);
  const reply = await start(practice, key, { name: 'nightly' });
  expect(reply.status).toBe(200);
  expect(begun).toEqual([await jobIdIn(reply)]);
  expect(await jobCount(practice)).toBe(1);
});

it('frees a key after a week, and does not spend it on a runbook with mistakes', async () => {
  const practice = await openPracticeApi();
  const key = ulid();
  expect((await start(practice, key, { runbook: 'version: 2' })).status).toBe(422);
  const first = await jobIdIn(await start(practice, key, { name: 'nightly' }));
  practice.rehearsal.clock.advance(7 * 24 * 3600 + 1);
  const later = await start(practice, key, { name: 'nightly' });
  expect(later.status).toBe(201);
  expect(await jobIdIn(later)).not.toBe(first);
});

it.each([undefined, '', 'two words', 'ü', 'x'.repeat(201)])('refuses the key %j', async (key) => {
  const { send, begun } = await openPracticeApi();
  const reply = await send('POST', '/v1/jobs', {
    body: { name: 'nightly' },
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  }).catch((error: unknown) => error);
  // A header can't hold every text.
  if (reply instanceof Response) {
    expect(reply.status).toBe(400);
    expect((await problemIn(reply)).fields).toMatchObject([{ field: 'idempotency-key' }]);
  } else expect(reply).toBeInstanceOf(TypeError);
  expect(begun).toEqual([]);
});
