import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { ofRestore } from '../support/restores.ts';
import { diedAtOnce, jobOf, putJob } from './jobs-in-home.ts';
import { environmentOf, jobIdIn, lifeboat, start, temporaryFolder, type Running } from './lifeboat.ts';

// Each of them runs several processes.
vi.setConfig({ testTimeout: 120_000 });

const TARGET = '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill';
const RUNBOOK = `version: 1
kind: restore
name: orders-recovery
source: { project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders }
target: { project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }
recoveryPoint: { latest: {} }
approval: { within: 2d }
timeouts: { job: 4d }
guards: { protectedClusters: [${TARGET}], confirmErase: erase ${TARGET} }
`;

/** A job of somebody else that waits for approval in a process of its own. */
interface Waiting {
  readonly home: string;
  readonly jobId: string;
  readonly process: Running;
  readonly env: Readonly<Record<string, string>>;
  readonly call: (...args: string[]) => ReturnType<typeof lifeboat>;
}

async function waiting(): Promise<Waiting> {
  const home = await temporaryFolder();
  const clock = scaledClock(600, Date.now());
  const atlas = await startSimulator({ clock, seed: 7, speed: 600 });
  onTestFinished(() => atlas.close());
  const env = environmentOf({ baseUrl: atlas.baseUrl, ...atlas.credentials });
  const { jobId } = await putJob(home, {
    ...diedAtOnce(atlas.baseUrl),
    kind: 'restore',
    runbook: ofRestore(parseRunbook(RUNBOOK, 'runbook.yaml')),
    startedBy: { type: 'cli', who: 'somebody else' },
  });
  const process = start(['jobs', 'resume', jobId, '--json', '--home', home], env);
  await process.until('stderr', / approval-wanted /);
  return { home, jobId, process, env, call: (...args) => lifeboat([...args, '--home', home], env) };
}

async function planShown({ jobId, call }: Waiting): Promise<string> {
  const { stdout } = await call('jobs', 'show', jobId);
  expect(stdout).toContain('Approval of the job is wanted.');
  expect(stdout).toMatch(new RegExp(`Erases +${TARGET}`));
  expect(stdout).toMatch(/Recovery point +\d{4}-\d\d-\d\d .* old/);
  // Broken as a shell takes it, so that it can be copied whole.
  expect(stdout).toContain(`  lifeboat jobs approve ${jobId} --reason TEXT \\\n    --plan `);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  return /Plan +([0-9a-f]{12})\n/.exec(stdout)?.[1] ?? '';
}

const REASON = ['--reason', 'looked at it'] as const;

it('is approved from another process by the plan that was looked at, and goes on', async () => {
  const job = await waiting();
  expect(await job.process.until('stderr', /lifeboat jobs approve \w{26} --reason TEXT/)).toContain(
    job.jobId,
  );

  const unseen = await job.call('jobs', 'approve', job.jobId, ...REASON);
  expect(unseen).toMatchObject({ code: 2, stdout: '' });
  expect(unseen.stderr).toContain(`lifeboat jobs show ${job.jobId}`);
  const short = await job.call('jobs', 'approve', job.jobId, ...REASON, '--plan', 'abc');
  expect(short).toMatchObject({ code: 2, stdout: '' });
  const other = await job.call('jobs', 'approve', job.jobId, ...REASON, '--plan', 'f'.repeat(12));
  expect(other).toMatchObject({ code: 2, stdout: '' });
  expect(other.stderr).toContain('it was given for another plan than the one that stands now');

  const approved = await job.call('jobs', 'approve', job.jobId, ...REASON, '--plan', await planShown(job));
  expect(approved).toMatchObject({ code: 0, stderr: '' });
  expect(approved.stdout).toMatch(
    new RegExp(`^Job ${job.jobId} \\(SIMULATED\\) is approved\\. Process \\d+ runs it`),
  );
  const ended = await job.process.ended;
  expect(ended.code).toBe(0);
  const document = JSON.parse(ended.stdout) as Job;
  expect(document).toMatchObject({ status: 'SUCCEEDED', approvals: { job: { outcome: 'approved' } } });
  expect(document).not.toHaveProperty('taskToken');

  const late = await job.call('jobs', 'approve', job.jobId, ...REASON);
  expect(late.code).toBe(2);
  const { stdout } = await job.call('jobs', 'timeline', job.jobId, '--json');
  const events = JSON.parse(stdout) as TimelineEvent[];
  const refused = events.filter(({ type }) => type === 'approval-refused');
  expect(refused.map(({ data }) => data?.because)).toEqual(['other-plan', 'late']);
});

it('is rejected from another process, and ends without a restore', async () => {
  const job = await waiting();
  const plan = await planShown(job);
  const args = ['--reason', 'they still write', '--plan', plan, '--json'] as const;
  const rejected = await job.call('jobs', 'reject', job.jobId, ...args);
  expect(rejected).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(rejected.stdout)).toMatchObject({ jobId: job.jobId });
  const ended = await job.process.ended;
  expect(ended.code).toBe(1);
  expect(JSON.parse(ended.stdout)).toMatchObject({
    status: 'FAILED',
    failure: { name: 'ApprovalRejectedError' },
    restoreAttempts: 0,
  });
});

it('is approved while no process runs it, and resumed with that', async () => {
  const job = await waiting();
  job.process.process.kill('SIGKILL');
  await job.process.ended;
  const plan = await planShown(job);
  const approved = await job.call('jobs', 'approve', job.jobId, ...REASON, '--plan', plan);
  expect(approved.code).toBe(0);
  expect(approved.stdout).toContain(`Go on with: lifeboat jobs resume ${job.jobId}`);
  const resumed = await job.call('jobs', 'resume', job.jobId, '--json');
  expect(resumed.code).toBe(0);
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    status: 'SUCCEEDED',
    approvals: { job: { number: 1 } },
  });
});

/** The runbook in a folder of its own, which serves as the home, too. */
async function runbookFile(): Promise<{ home: string; file: string }> {
  const home = await temporaryFolder();
  const file = join(home, 'runbook.yaml');
  await writeFile(file, RUNBOOK);
  return { home, file };
}

it('is not approved by whoever started it, who can cancel it', async () => {
  const { home, file } = await runbookFile();
  const run = start(['run', file, '--simulate', '--speed', '300', '--seed', '7', '--json', '--home', home]);
  const jobId = jobIdIn(await run.until('stderr', / approval-wanted /));
  const plan = (await jobOf(home, jobId)).approvals.job?.plan.hash ?? '';
  const own = await lifeboat(['jobs', 'approve', jobId, ...REASON, '--plan', plan, '--home', home]);
  expect(own).toMatchObject({ code: 2, stdout: '' });
  expect(own.stderr).toContain('whoever started a job does not decide on it');
  const cancelled = await lifeboat(['jobs', 'cancel', jobId, '--reason', 'a test', '--home', home]);
  expect(cancelled.code).toBe(0);
  expect(JSON.parse((await run.ended).stdout)).toMatchObject({ status: 'CANCELLED', restoreAttempts: 0 });
});

it('is approved by people whom Lifeboat plays, in a simulated Atlas, and says so', async () => {
  const { home, file } = await runbookFile();
  const args = ['run', file, '--simulate', '--speed', '600', '--seed', '7', '--auto-approve', '--json'];
  const ran = await lifeboat([...args, '--home', home]);
  expect(ran.code).toBe(0);
  expect(ran.stderr).toMatch(/ approval-given .*practice approver \(played by Lifeboat\)/);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    status: 'SUCCEEDED',
    approvals: { job: { decisions: [{ played: true, by: { who: 'practice approver' } }] } },
  });
});

it('plays nobody for a real Atlas, and calls nothing', async () => {
  const { home, file } = await runbookFile();
  const env = { MONGODB_ATLAS_CLIENT_ID: 'mdb_sa_id_x', MONGODB_ATLAS_CLIENT_SECRET: 'y' };
  const ran = await lifeboat(['run', file, '--auto-approve', '--home', home], env);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain('--auto-approve is for a simulated Atlas');
});
