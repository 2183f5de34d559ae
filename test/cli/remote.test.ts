import { readFile, writeFile } from 'node:fs/promises';
import { expect, it, vi } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import { startReceiver } from '../support/receiver.ts';
import { lifeboat, start, temporaryFolder } from './lifeboat.ts';
import { serverProcess, simulatorProcess } from './serving.ts';

// Each of them runs several processes, and a drill that takes its time.
vi.setConfig({ testTimeout: 180_000 });

it('runs a drill elsewhere, watches it, and speaks of it as if it were here', async () => {
  const home = await temporaryFolder();
  const server = await serverProcess(home, await simulatorProcess());
  const elsewhere = await temporaryFolder();
  const env = { LIFEBOAT_TOKEN: server.token, LIFEBOAT_HOME: elsewhere };
  const there = (...args: string[]) => lifeboat(['--remote', server.url, ...args], env);

  const planned = await there('plan', 'examples/drill.yaml', '--json');
  expect(planned.code).toBe(0);
  expect(JSON.parse(planned.stdout)).toMatchObject({ ok: true });

  const ran = await there('run', 'examples/drill.yaml', '--json', '--seed', '5');
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/ restore-started [^]* job-succeeded /);
  const job = JSON.parse(ran.stdout) as Job;
  expect(job).toMatchObject({ status: 'SUCCEEDED', seed: 5, startedBy: { type: 'http' } });

  const { jobId } = job;
  expect(JSON.parse((await there('jobs', 'list', '--json')).stdout)).toMatchObject({ jobs: [{ jobId }] });
  expect(JSON.parse((await there('jobs', 'show', jobId, '--json')).stdout)).toEqual(job);
  expect((await there('jobs', 'show', jobId)).stdout).toContain('drill passed');
  expect((await there('jobs', 'timeline', jobId)).stdout).toContain('restore-finished');
  expect((await there('jobs', 'verify', jobId)).stdout).toContain('as it was written');
  const page = `${elsewhere}/report.html`;
  expect(await there('report', jobId, '--output', page)).toMatchObject({ code: 0, stdout: `${page}\n` });
  expect(await readFile(page, 'utf8')).toContain(jobId);

  const late = await there('jobs', 'cancel', jobId, '--reason', 'too late');
  expect([late.code, late.stderr]).toEqual([2, expect.stringContaining('has ended already')]);
  const absent = await there('jobs', 'show', '01KAJ3W0Q4X9GZ5M1T2R8C7B6A');
  expect([absent.code, absent.stderr]).toEqual([2, expect.stringContaining('There is no job')]);
  // Nothing was done on this side.
  expect((await lifeboat(['jobs', 'list', '--json'], { LIFEBOAT_HOME: elsewhere })).stdout).toContain(
    '"jobs": []',
  );
});

it('leaves a job alone when it is stopped, and cancels it when asked', async () => {
  const home = await temporaryFolder();
  const server = await serverProcess(home, await simulatorProcess(60));
  // One that waits for people, so that it does not end before it is cancelled, however slow the machine is.
  const runbook = `${await temporaryFolder()}/approved.yaml`;
  await writeFile(runbook, `${await readFile('examples/drill.yaml', 'utf8')}\napproval: { within: 20h }\n`);
  // The token is in the home of the server.
  const run = start(['--remote', server.url, '--home', home, 'run', runbook]);
  await run.until('stderr', / approval-wanted /);
  run.process.kill('SIGINT');
  const stopped = await run.ended;
  expect(stopped.code).toBe(130);
  const [, jobId = ''] = /Job (\w{26}) .*goes on without this command/.exec(stopped.stderr) ?? [];
  const cancelled = await lifeboat([
    ...['--remote', server.url, '--home', home],
    ...['jobs', 'cancel', jobId, '--reason', 'a test', '--json'],
  ]);
  expect(cancelled.code).toBe(0);
  expect(JSON.parse(cancelled.stdout)).toMatchObject({ cancel: { reason: 'a test' } });
  await server.running.until('stderr', new RegExp(`${jobId} job-cancelled`));
});

it('says of a job what the API takes, and why it refuses the rest', async () => {
  const home = await temporaryFolder();
  const server = await serverProcess(home, await simulatorProcess());
  const runbook = `${await temporaryFolder()}/approved.yaml`;
  await writeFile(runbook, `${await readFile('examples/drill.yaml', 'utf8')}\napproval: { count: 1 }\n`);
  const there = (...args: string[]) => lifeboat(['--remote', server.url, '--home', home, ...args]);
  const run = start(['--remote', server.url, '--home', home, 'run', runbook]);
  await run.until('stderr', / approval-wanted /);
  const { jobs } = JSON.parse((await there('jobs', 'list', '--json')).stdout) as {
    jobs: { jobId: string }[];
  };
  const { jobId = '' } = jobs[0] ?? {};
  const asked = JSON.parse((await there('jobs', 'show', jobId, '--json')).stdout) as Job;
  const plan = asked.approvals.job!.plan.hash.slice(0, 12);
  expect((await there('jobs', 'show', jobId)).stdout).toContain(plan);
  // Whoever has the token of this machine started the job.
  const own = await there('jobs', 'approve', jobId, '--plan', plan, '--reason', 'looks good');
  expect([own.code, own.stderr]).toEqual([
    2,
    expect.stringContaining('whoever started a job does not decide on it'),
  ]);
  const unnamed = await there('jobs', 'reject', jobId, '--reason', 'no');
  expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('the plan has to be named')]);
  await there('jobs', 'cancel', jobId, '--reason', 'a test');
  expect((await run.ended).code).toBe(1);
});

it('sends the files that a runbook names, and tells the mistakes of one before anything is sent', async () => {
  const home = await temporaryFolder();
  const server = await serverProcess(home, await simulatorProcess());
  const folder = await temporaryFolder();
  await writeFile(`${folder}/indexes.json`, await readFile('examples/search-indexes.json', 'utf8'));
  const drill = await readFile('examples/drill.yaml', 'utf8');
  const step = '{ name: indexes, use: search-index, with: { file: indexes.json } }';
  await writeFile(`${folder}/indexed.yaml`, `${drill}\nafter: [${step}]\n`);
  await writeFile(`${folder}/broken.yaml`, 'version: 1\nkind: drill\n');
  const there = (...args: string[]) => lifeboat(['--remote', server.url, '--home', home, ...args]);
  const planned = await there('plan', `${folder}/indexed.yaml`, '--json');
  expect(planned.stderr).toBe('');
  expect(JSON.parse(planned.stdout)).toMatchObject({ runbookSteps: [{ name: 'indexes' }] });
  const broken = await there('run', `${folder}/broken.yaml`);
  expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining('broken.yaml:1:1: name')]);
});

it.each([
  [['jobs', 'resume', '01KAJ3W0Q4X9GZ5M1T2R8C7B6A'], /goes on with its jobs by itself/],
  [['atlas', 'list'], /calls Atlas itself/],
  [['serve'], /on this machine/],
  [['run', 'examples/drill.yaml', '--simulate', '--speed', '9'], /--simulate, --speed can not be had/],
  [['plan', 'examples/drill.yaml', '--simulate'], /--simulate can not be had/],
  [['jobs', 'list'], /no token for 127\.0\.0\.1:65001/],
])('says of %j that it makes no sense there', async (args, message) => {
  const ended = await lifeboat([
    '--remote',
    'http://127.0.0.1:65001',
    '--home',
    await temporaryFolder(),
    ...args,
  ]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(message);
});

it.each(['ftp://x', 'http://example.com', 'https://user:hunter2@example.com', 'nonsense'])(
  'sends no token to %s',
  async (url) => {
    const ended = await lifeboat(['--remote', url, 'jobs', 'list'], { LIFEBOAT_TOKEN: 'secret-token' });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('is not the address of an API');
    expect(ended.stderr).not.toContain('hunter2');
  },
);

it('says so when nobody answers, or somebody who is not Lifeboat, and tells no secret', async () => {
  const env = { LIFEBOAT_TOKEN: 'secret-token' };
  const nobody = await lifeboat(['--remote', 'http://127.0.0.1:65001', 'jobs', 'list'], env);
  expect([nobody.code, nobody.stderr]).toEqual([
    1,
    expect.stringContaining('could not be reached: ECONNREFUSED'),
  ]);
  const receiver = await startReceiver();
  const stranger = await lifeboat(['--remote', receiver.baseUrl, 'jobs', 'list', '--debug'], env);
  expect([stranger.code, stranger.stderr]).toEqual([1, expect.stringContaining('not Lifeboat’s')]);
  expect(stranger.stderr).not.toContain('secret-token');
  expect(receiver.posts[0]?.headers.authorization).toBe('Bearer secret-token');
  const elsewhere = await startReceiver(() => 'redirect');
  await lifeboat(['--remote', elsewhere.baseUrl, 'jobs', 'list'], env);
  expect(elsewhere.posts).toHaveLength(1);
});

it('signs for AWS when told to', async () => {
  const receiver = await startReceiver(() => 403);
  const env = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI',
    AWS_SESSION_TOKEN: 'session',
    AWS_REGION: 'eu-central-1',
  };
  const url = `${receiver.baseUrl}/stage`;
  const ended = await lifeboat(['--remote', url, '--aws', 'jobs', 'list', '--limit', '3'], env);
  expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('does not let you in')]);
  const [posted] = receiver.posts;
  expect(posted?.path).toBe('/stage/v1/jobs?limit=3');
  expect(posted?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=[a-z;-]*host[a-z;-]*, Signature=[0-9a-f]{64}$/,
  );
  expect(posted?.headers['x-amz-security-token']).toBe('session');
  const lost = await lifeboat(['--remote', url, '--aws', 'jobs', 'list'], { ...env, AWS_REGION: '' });
  expect([lost.code, lost.stderr]).toEqual([2, expect.stringContaining('Set AWS_REGION')]);
  const alone = await lifeboat(['--aws', 'jobs', 'list']);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('--aws is for --remote')]);
});
