import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import { startReceiver } from '../support/receiver.ts';
import { runbookText } from '../support/rehearsal.ts';
import { inHistory, putJob } from './jobs-in-home.ts';
import { sampleRunbook } from '../core/jobs/sample-job.ts';
import { lifeboat, temporaryFolder } from './lifeboat.ts';

interface Inbox {
  readonly inbox: readonly { readonly meantFor: string; readonly body: string }[];
}

it('a simulated job tells its simulator, and reaches nobody else even where the secrets are set', async () => {
  const real = await startReceiver();
  const home = await temporaryFolder();
  const runbook = join(home, 'runbook.yaml');
  const notify = `[{ webhook: { url: "${real.baseUrl}/hook", signingSecret: KEY } }, { slack: { urlSecret: SLACK } }]`;
  const after = `[{ name: hand over, use: webhook, with: { urlSecret: SLACK, signingSecret: KEY } }]`;
  // Without objectives: how much of them goes by on a busy machine is another story.
  await writeFile(runbook, runbookText({ notify, after, objectives: '' }));
  const env = { KEY: 'hush-key', SLACK: `${real.baseUrl}/services/hush-slack` };
  const ran = await lifeboat(
    ['run', runbook, '--simulate', '--speed', '600', '--seed', '7', '--json', '--home', home],
    env,
  );
  expect(ran.code).toBe(0);
  expect(real.posts).toEqual([]);
  const { jobId } = JSON.parse(ran.stdout) as Job;
  const state = await readFile(join(home, 'simulator', `${jobId}.json`), 'utf8');
  const { inbox } = JSON.parse(state) as Inbox;
  const hook = `${real.baseUrl}/hook`;
  const slack = 'https://practice.invalid/SLACK';
  expect(inbox.map(({ meantFor }) => meantFor)).toEqual([hook, slack, slack, hook, slack]);
  expect(ran.stderr).toContain('notice-sent');
  const report = await readFile(join(home, 'reports', `${jobId}.json`), 'utf8');
  expect(ran.stdout + ran.stderr + state + report).not.toContain('hush');
});

it('people are told how a job ended whose process died right after its final status', async () => {
  const receiver = await startReceiver();
  const home = await temporaryFolder();
  const now = new Date().toISOString();
  const notify = [{ webhook: { url: `${receiver.baseUrl}/hook` }, on: ['succeeded' as const] }];
  const job = await putJob(home, {
    runbook: { ...sampleRunbook(), notify },
    status: 'SUCCEEDED',
    verdict: 'passed',
    startedAt: now,
    endedAt: now,
    updatedAt: now,
  });
  await inHistory(home, (jobs) =>
    jobs.append(job.jobId, { at: now, type: 'job-succeeded', once: 'job-ended', message: 'It ended.' }),
  );
  const resumed = await lifeboat(['jobs', 'resume', job.jobId, '--json', '--home', home]);
  expect(resumed.code).toBe(0);
  expect(receiver.posts.map(({ headers }) => headers['lifeboat-delivery'])).toEqual([
    `${job.jobId}/succeeded@1`,
  ]);
  const again = await lifeboat(['jobs', 'resume', job.jobId, '--json', '--home', home]);
  expect(again.stderr).toContain('has ended already');
  expect(receiver.posts).toHaveLength(1);
});
