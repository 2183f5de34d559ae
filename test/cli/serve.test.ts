import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import { lifeboat, start, temporaryFolder } from './lifeboat.ts';
import { serverProcess, simulatorProcess, told, type Server } from './serving.ts';

// Each of them runs several processes, and a drill that takes its time.
vi.setConfig({ testTimeout: 120_000 });

async function startDrill({ send }: Server, key: string): Promise<Job> {
  const reply = await send('/v1/jobs', {
    method: 'POST',
    headers: { 'idempotency-key': key },
    body: JSON.stringify({ name: 'drill' }),
  });
  expect([200, 201]).toContain(reply.status);
  return (await reply.json()) as Job;
}

async function jobThere({ send }: Server, jobId: string): Promise<Job> {
  return (await (await send(`/v1/jobs/${jobId}`)).json()) as Job;
}

it('runs a job to its end, and lets in nobody without its token', async () => {
  const home = await temporaryFolder();
  const atlas = await simulatorProcess();
  const server = await serverProcess(home, atlas, ['--runbooks', 'examples']);
  for (const authorization of ['', 'Bearer ', `Bearer ${server.token}x`, `Basic ${server.token}`]) {
    const reply = await fetch(`${server.url}/v1/jobs`, { headers: { authorization } });
    expect(reply.status).toBe(401);
  }
  expect((await stat(`${home}/serve-token`)).mode & 0o777).toBe(0o600);

  // Its token is in a file that a program can read; break-glass takes a person at a terminal.
  const breaking = await server.send('/v1/break-glass', { method: 'POST', body: '{}' });
  expect([breaking.status, await breaking.text()]).toEqual([403, expect.stringContaining('scope-missing')]);

  const { jobId } = await startDrill(server, 'one');
  expect((await startDrill(server, 'one')).jobId).toBe(jobId);
  await told(server, new RegExp(`${jobId} job-succeeded`));
  expect(await jobThere(server, jobId)).toMatchObject({
    status: 'SUCCEEDED',
    startedBy: { type: 'http' },
    atlasUrl: atlas.baseUrl,
  });
  const page = await server.send(`/v1/jobs/${jobId}/report.html`);
  expect(await page.text()).toContain('<!doctype html>');
  expect(await atlas.restoreJobs()).toHaveLength(1);
  // The command line on the same home sees the same history while the server runs.
  const shown = await lifeboat(['jobs', 'verify', jobId, '--home', home]);
  expect(shown.code).toBe(0);
});

it('killed, goes on with its job at the next start and restores once', async () => {
  const home = await temporaryFolder();
  const atlas = await simulatorProcess();
  const first = await serverProcess(home, atlas, ['--runbooks', 'examples']);
  const { jobId } = await startDrill(first, 'one');
  await told(first, new RegExp(`${jobId} restore-started`));
  first.running.process.kill('SIGKILL');
  await first.running.ended;

  const second = await serverProcess(home, atlas, ['--runbooks', 'examples']);
  expect(second.token).toBe(first.token);
  await told(second, new RegExp(`${jobId} job-succeeded`));
  // The key is remembered, too.
  expect(await startDrill(second, 'one')).toMatchObject({ jobId, status: 'SUCCEEDED' });
  expect(await atlas.restoreJobs()).toMatchObject([{ status: 'finished' }]);
});

it('told to stop, ends the step under way and leaves its jobs for the next start', async () => {
  const home = await temporaryFolder();
  const atlas = await simulatorProcess(100);
  const server = await serverProcess(home, atlas, ['--runbooks', 'examples']);
  const { jobId } = await startDrill(server, 'one');
  await told(server, new RegExp(`${jobId} job-started`));
  // A connection that somebody left open does not hold it up.
  const idle = connect(Number(new URL(server.url).port), '127.0.0.1');
  server.running.process.kill('SIGTERM');
  const ended = await server.running.ended;
  idle.destroy();
  expect(ended.code).toBe(0);
  await expect(fetch(server.url)).rejects.toThrow();
  const shown = await lifeboat(['jobs', 'show', jobId, '--json', '--home', home]);
  expect(JSON.parse(shown.stdout)).toMatchObject({ status: 'RUNNING' });
  const timeline = await lifeboat(['jobs', 'timeline', jobId, '--home', home]);
  expect(timeline.stdout).toContain('interrupted');
});

it('is one to a home, and says what is wrong before it begins', async () => {
  const home = await temporaryFolder();
  const atlas = await simulatorProcess();
  const server = await serverProcess(home, atlas);
  const second = await lifeboat(['serve', '--home', home], atlas.env);
  expect(second.code).toBe(2);
  expect(second.stderr).toContain(`serves the home ${home} already`);

  const port = new URL(server.url).port;
  const taken = await lifeboat(['serve', '--port', port, '--home', await temporaryFolder()], atlas.env);
  expect([taken.code, taken.stderr]).toEqual([2, expect.stringContaining(`Port ${port} is taken`)]);
  const unset = start(['serve', '--runbooks', '/nowhere', '--home', home]);
  const refused = await unset.ended;
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('/nowhere');
  expect(refused.stderr).toContain('no credentials');
});

it('starts what is due by itself, once, and goes on from there at the next start', async () => {
  const home = await temporaryFolder();
  const runbooks = `${home}/runbooks`;
  await mkdir(runbooks);
  const drill = await readFile('examples/drill.yaml', 'utf8');
  // Due at once, and not again while this test lasts: a minute of the machine is five hours of the simulator.
  await writeFile(`${runbooks}/drill.yaml`, `${drill}\nschedule: { expression: rate(7 days) }\n`);
  const atlas = await simulatorProcess();
  const scheduled = { type: 'schedule' };

  const first = await serverProcess(home, atlas, ['--runbooks', runbooks]);
  const started = await told(first, /\w{26} restore-started/);
  const jobId = /(\w{26}) restore-started/.exec(started)?.[1] ?? '';
  first.running.process.kill('SIGKILL');
  await first.running.ended;

  const second = await serverProcess(home, atlas, ['--runbooks', runbooks]);
  await told(second, new RegExp(`${jobId} job-succeeded`));
  expect(await jobThere(second, jobId)).toMatchObject({ status: 'SUCCEEDED', startedBy: scheduled });
  const reply = await second.send('/v1/jobs');
  expect(await reply.json()).toMatchObject({ jobs: [{ jobId }] });
  expect(await atlas.restoreJobs()).toHaveLength(1);
});
