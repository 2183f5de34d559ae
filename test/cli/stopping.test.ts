import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import { leaseName } from '../../core/jobs/lease-name.ts';
import type { Lease } from '../../core/jobs/store.ts';
import { inHistory } from './jobs-in-home.ts';
import { environmentOf, jobIdIn, lifeboat, start, temporaryFolder } from './lifeboat.ts';

// Each of them runs several processes, and a drill that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const DRILL = 'examples/drill.yaml';

interface Told {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** `lifeboat simulator` in a process of its own. */
async function simulatorProcess(): Promise<Told> {
  const running = start(['simulator', '--speed', '300', '--seed', '7', '--json', '--quiet']);
  onTestFinished(async () => {
    running.process.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  });
  return JSON.parse(await running.until('stdout', /\n/)) as Told;
}

async function restoreJobsIn({
  baseUrl,
}: Told): Promise<readonly { readonly id: string; readonly status: string }[]> {
  const reply = await fetch(`${baseUrl}/simulator/restoreJobs`);
  return (await reply.json()) as { id: string; status: string }[];
}

/** The lease that a job of a home works under, as it stands. */
async function leaseOf(home: string, jobId: string): Promise<Lease | undefined> {
  return inHistory(home, async (jobs) => jobs.lease(leaseName(await jobs.get(jobId)) ?? ''));
}

it('interrupted, leaves the job resumable and says so; resumed, it restores once', async () => {
  const home = await temporaryFolder();
  const run = start(['run', DRILL, '--simulate', '--speed', '200', '--seed', '7', '--home', home]);
  await run.until('stderr', / restore-started /);
  run.process.kill('SIGINT');
  const stopped = await run.ended;
  const jobId = jobIdIn(stopped.stderr);
  expect(stopped).toMatchObject({ code: 130, stdout: '' });
  expect(stopped.stderr).toContain(
    `Job ${jobId} (SIMULATED) is not finished. Go on with: lifeboat jobs resume ${jobId}\n`,
  );

  const resumed = await lifeboat(['jobs', 'resume', jobId, '--speed', '300', '--json', '--home', home]);
  expect(resumed.code).toBe(0);
  const job = JSON.parse(resumed.stdout) as { status: string; restoreAttempts: number };
  expect(job).toMatchObject({ status: 'SUCCEEDED', restoreAttempts: 1 });
  const state = JSON.parse(await readFile(`${home}/simulator/${jobId}.json`, 'utf8')) as {
    restoreJobs: unknown[];
  };
  expect(state.restoreJobs).toHaveLength(1);
});

it.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('records %s as it records Ctrl-C', async (signal, code) => {
  const home = await temporaryFolder();
  const run = start(['run', DRILL, '--simulate', '--speed', '200', '--seed', '7', '--home', home]);
  await run.until('stderr', / job-started /);
  run.process.kill(signal);
  const stopped = await run.ended;
  expect(stopped.code).toBe(code);
  const jobId = jobIdIn(stopped.stderr);
  const events = await inHistory(home, (jobs) => jobs.timeline(jobId));
  expect(events.at(-1)).toMatchObject({ type: 'interrupted' });
});

it.skipIf(!existsSync('/dev/full'))(
  'runs a job to its end whose output cannot be written, and then says so',
  async () => {
    const home = await temporaryFolder();
    const run = spawn(
      '/bin/sh',
      [
        '-c',
        'exec "$@" >/dev/full',
        'sh',
        process.execPath,
        inject('commandLine'),
        'run',
        DRILL,
        '--simulate',
        '--seed',
        '7',
        '--speed',
        '300',
        '--home',
        home,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let stderr = '';
    run.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
    const [code] = (await once(run, 'close')) as [number];
    expect(code).toBe(1);
    expect(stderr).toContain('Error: Standard output could not be written: ENOSPC');
    const { jobs } = await inHistory(home, (history) => history.list({ by: 'all' }, { limit: 10 }));
    expect(jobs).toMatchObject([{ status: 'SUCCEEDED' }]);
  },
);

it('killed, is resumed by another process and ends with the one restore job', async () => {
  const home = await temporaryFolder();
  const atlas = await simulatorProcess();
  const env = { ...environmentOf(atlas), LIFEBOAT_HOME: home };
  const run = start(['run', DRILL], env);
  await run.until('stderr', / restore-started /);
  run.process.kill('SIGKILL');
  const jobId = jobIdIn((await run.ended).stderr);

  const shown = await lifeboat(['jobs', 'show', jobId], env);
  expect(shown.stdout).toMatch(/Interrupted\s+no process works on it; resume it with:/);
  expect(shown.stdout).not.toContain('Under way');
  const listed = await lifeboat(['jobs', 'list'], env);
  expect(listed.stdout).toContain('INTERRUPTED');
  expect(listed.stderr).toContain(`lifeboat jobs resume ${jobId}`);
  const page = JSON.parse((await lifeboat(['jobs', 'list', '--json'], env)).stdout) as { jobs: unknown[] };
  expect(page.jobs).toMatchObject([{ jobId, status: 'RUNNING', interrupted: true }]);

  const resumed = await lifeboat(['jobs', 'resume', jobId, '--json'], env);
  expect(resumed.code).toBe(0);
  // What was told by the process that was killed is no news.
  expect(resumed.stderr).not.toMatch(/ (job-started|restore-started) /);
  expect(resumed.stderr).toMatch(/ restore-finished /);
  const job = JSON.parse(resumed.stdout) as Job;
  const restores = await restoreJobsIn(atlas);
  expect(restores).toMatchObject([{ id: job.atlas.restoreJobId, status: 'finished' }]);
  expect(job).toMatchObject({ status: 'SUCCEEDED', atlasUrl: atlas.baseUrl, simulation: { seed: null } });
  expect((await lifeboat(['jobs', 'verify', jobId], env)).code).toBe(0);
});

it('cancels a job that another process runs: that one stops at its next step', async () => {
  const home = await temporaryFolder();
  // Slow enough that the other command is there before the end.
  const run = start(['run', DRILL, '--simulate', '--speed', '10', '--seed', '7', '--json', '--home', home]);
  const jobId = jobIdIn(await run.until('stderr', / restore-started /));
  const cancelled = await lifeboat(['jobs', 'cancel', jobId, '--reason', 'a test', '--home', home]);
  expect(cancelled).toMatchObject({ code: 0, stderr: '' });
  expect(cancelled.stdout).toContain('will be cancelled');
  const ended = await run.ended;
  expect(ended.code).toBe(1);
  expect(JSON.parse(ended.stdout)).toMatchObject({ jobId, status: 'CANCELLED' });
});

it('cancels a job that no process runs any more, and gives its target back', async () => {
  const home = await temporaryFolder();
  const run = start(['run', DRILL, '--simulate', '--speed', '60', '--seed', '7', '--home', home]);
  await run.until('stderr', / job-started /);
  run.process.kill('SIGKILL');
  const jobId = jobIdIn((await run.ended).stderr);
  expect(await leaseOf(home, jobId)).toMatchObject({ owner: jobId });
  const cancelled = await lifeboat(['jobs', 'cancel', jobId, '--reason', 'a test', '--json', '--home', home]);
  expect(cancelled.code).toBe(0);
  expect(JSON.parse(cancelled.stdout)).toMatchObject({ status: 'CANCELLED', cancel: { reason: 'a test' } });
  expect(await leaseOf(home, jobId)).toBeUndefined();
});

it('a reader that stops reading stops nothing', async () => {
  const run = start([
    'run',
    DRILL,
    '--simulate',
    '--speed',
    '300',
    '--seed',
    '7',
    '--home',
    await temporaryFolder(),
  ]);
  await run.until('stderr', / job-started /);
  run.process.stdout?.destroy();
  run.process.stderr?.destroy();
  expect(await run.ended).toMatchObject({ code: 0 });
});
