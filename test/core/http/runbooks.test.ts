import { expect, it } from 'vitest';
import { runbookText } from '../../support/rehearsal.ts';
import { deviations, operationAt } from './document-check.ts';
import { openPracticeApi, startedJob } from './practice-host.ts';

it('lists the runbooks that the host keeps, also one with mistakes, and gives each as it was written', async () => {
  const { send, kept } = await openPracticeApi();
  kept.set('broken', 'version: 1\nkind: drill\n');
  const reply = await send('GET', '/v1/runbooks');
  expect(await deviations(operationAt('GET', '/v1/runbooks')!, reply)).toEqual([]);
  expect(await reply.json()).toMatchObject({
    runbooks: [
      { name: 'broken', problem: expect.stringContaining('broken:1:1: name') as unknown },
      {
        name: 'nightly',
        kind: 'drill',
        title: 'nightly-orders',
        source: { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' },
      },
    ],
  });
  const one = await send('GET', '/v1/runbooks/nightly');
  expect(await one.json()).toEqual({ name: 'nightly', text: runbookText() });
});

it('starts no job from a kept runbook with mistakes, nor from one that is not there', async () => {
  const { send, kept, begun } = await openPracticeApi();
  kept.set('broken', 'version: 1\nkind: drill\n');
  const start = (name: string) =>
    send('POST', '/v1/jobs', { body: { name }, headers: { 'idempotency-key': name } });
  expect((await start('broken')).status).toBe(422);
  expect((await start('absent')).status).toBe(404);
  expect(begun).toEqual([]);
});

it('reads the files that a kept runbook names, and none that an inline one does', async () => {
  const practice = await openPracticeApi();
  const text = runbookText({
    after: `[{ name: indexes, use: search-index, with: { file: search-indexes.json } }]`,
  });
  practice.kept.set('indexed', text);
  const job = await startedJob(practice, { name: 'indexed' });
  expect(job.runbook).toMatchObject({
    after: [{ use: 'search-index', with: { indexes: expect.any(Array) as unknown } }],
  });
  const inline = await practice.send('POST', '/v1/jobs', {
    body: { runbook: text },
    headers: { 'idempotency-key': 'inline' },
  });
  expect(inline.status).toBe(422);
});
