import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { leaseName } from '../../core/jobs/lease-name.ts';
import { scaledClock } from '../../local/scaled-clock.ts';
import { startSimulator } from '../../simulator/simulator.ts';
import { diedAtOnce, diedInRestore, inHistory, jobOf, putJob } from './jobs-in-home.ts';
import { environmentOf, lifeboat, start, temporaryFolder } from './lifeboat.ts';

// Each of them runs processes, and some wait for an Atlas that is not there.
vi.setConfig({ testTimeout: 120_000 });

/** What is done with a job whose process died, and needs Atlas for it. */
const WAYS = [
  ['resume', (jobId: string) => ['jobs', 'resume', jobId]],
  ['cancel', (jobId: string) => ['jobs', 'cancel', jobId, '--reason', 'a test']],
] as const;

async function simulator(faults?: unknown, speed = 600) {
  const clock = scaledClock(speed, Date.now());
  const started = await startSimulator({
    clock,
    seed: 7,
    speed,
    ...(faults !== undefined && { faults }),
  });
  onTestFinished(() => started.close());
  return { ...started, env: environmentOf({ baseUrl: started.baseUrl, ...started.credentials }) };
}

/** The address of a port that nobody listens on. */
async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

describe.each(WAYS)('%s', (_way, command) => {
  it('leaves the job untouched when the credentials are wrong', async () => {
    const home = await temporaryFolder();
    const atlas = await simulator();
    const job = await putJob(home, diedInRestore(atlas.baseUrl));
    const env = { ...atlas.env, MONGODB_ATLAS_CLIENT_SECRET: 'mdb_sa_sk_not-the-secret' };
    const ran = await lifeboat([...command(job.jobId), '--home', home], env);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^Error: Atlas did not accept the credentials /);
    expect(await jobOf(home, job.jobId)).toEqual(job);
  });

  it('leaves the job untouched when Atlas cannot be reached', async () => {
    const home = await temporaryFolder();
    const baseUrl = await deadAddress();
    const job = await putJob(home, diedInRestore(baseUrl));
    const env = environmentOf({ baseUrl, clientId: 'mdb_sa_id_x', clientSecret: 'y' });
    const ran = await lifeboat([...command(job.jobId), '--quiet', '--home', home], env);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^Error: Atlas could not be reached at /);
    expect(await jobOf(home, job.jobId)).toEqual(job);
  });

  it('refuses another Atlas than the one the job began in', async () => {
    const home = await temporaryFolder();
    const atlas = await simulator();
    const elsewhere = await deadAddress();
    const job = await putJob(home, diedInRestore(elsewhere));
    const ran = await lifeboat([...command(job.jobId), '--home', home], atlas.env);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(
      `began in the Atlas at ${elsewhere}, and this is the one at ${atlas.baseUrl}`,
    );
    expect(ran.stderr).toContain(`Next: Set MONGODB_ATLAS_BASE_URL to ${elsewhere}`);
    expect(await jobOf(home, job.jobId)).toEqual(job);
    expect(atlas.requests()).toEqual([]);
  });
});

it('resumes at a simulator that is back under another port, as long as nothing was asked of it', async () => {
  const home = await temporaryFolder();
  const atlas = await simulator();
  const { jobId } = await putJob(home, diedAtOnce(await deadAddress()));
  const ran = await lifeboat(['jobs', 'resume', jobId, '--json', '--home', home], atlas.env);
  expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'SUCCEEDED' });
  expect(ran.code).toBe(0);
});

it('cancels without Atlas, and without settings for it, what has asked nothing of it', async () => {
  const home = await temporaryFolder();
  const { jobId } = await putJob(home, diedAtOnce('https://cloud.mongodb.com'));
  const ran = await lifeboat(['jobs', 'cancel', jobId, '--reason', 'a test', '--json', '--home', home]);
  expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'CANCELLED', verdict: 'failed' });
  expect(ran.code).toBe(0);
});

it('exits with 1 and says so when Atlas does not tell what became of the restore of a cancelled job', async () => {
  const home = await temporaryFolder();
  // The restore is followed for hours before it is given up.
  const atlas = await simulator([{ operation: 'getBackupRestoreJob', status: 403 }], 6_000);
  const { jobId } = await putJob(home, diedInRestore(atlas.baseUrl));
  const ran = await lifeboat(
    ['jobs', 'cancel', jobId, '--reason', 'a test', '--json', '--quiet', '--home', home],
    atlas.env,
  );
  expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'CANCELLED' });
  expect(ran.stderr).toContain('Atlas did not tell what became of its restore');
  expect(ran.code).toBe(1);
});

it('writes down the end of a job whose process died right after its final status, without Atlas', async () => {
  const home = await temporaryFolder();
  const endedAt = new Date().toISOString();
  const died = diedInRestore('https://cloud.mongodb.com');
  const job = await putJob(home, { ...died, status: 'SUCCEEDED', verdict: 'passed', endedAt });
  const target = leaseName(job) ?? '';
  await inHistory(home, (jobs) => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    return jobs.takeLease({ target, owner: job.jobId, expiresAt }, endedAt);
  });
  const ran = await lifeboat(['jobs', 'resume', job.jobId, '--json', '--home', home]);
  expect(ran.code).toBe(0);
  await inHistory(home, async (jobs) => {
    expect(await jobs.lease(target)).toBeUndefined();
    expect((await jobs.timeline(job.jobId)).at(-1)).toMatchObject({ type: 'job-succeeded', at: endedAt });
  });
  // Once is enough: the next one finds nothing to do.
  const again = await lifeboat(['jobs', 'resume', job.jobId, '--home', home]);
  expect(again).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('nothing to go on with') as string,
  });
});

it('stopped while Atlas does not answer, begins nothing and says so', async () => {
  const home = await temporaryFolder();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const env = environmentOf({ baseUrl, clientId: 'mdb_sa_id_x', clientSecret: 'y' });
  const run = start(['run', 'examples/drill.yaml', '--home', home], env);
  // Its connections end with the process, so the server can close after it.
  onTestFinished(() => void server.close());
  await run.until('stderr', /Waiting for Atlas/);
  run.process.kill('SIGINT');
  expect(await run.ended).toEqual({
    code: 130,
    stdout: '',
    stderr: 'Waiting for Atlas …\nStopped; nothing was begun.\n',
  });
  const page = await inHistory(home, (jobs) => jobs.list({ by: 'all' }, { limit: 1 }));
  expect(page.jobs).toEqual([]);
});
