import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Job } from '../../core/jobs/job.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { hostileAtlas, RAW } from '../support/hostile-atlas.ts';
import { runbookText } from '../support/rehearsal.ts';
import { lifeboat, temporaryFolder, type Ended } from './lifeboat.ts';
import { serverProcess, simulatorProcess, told } from './serving.ts';

// Each of them runs several processes, and a drill that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const SHOWN = /<U\+202E|\\u202e/;

/** Nothing steers the reader of these outputs, and the line break of others began no line. */
function expectPlain(outputs: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(outputs)) {
    expect(
      RAW.exec(text)?.[0].codePointAt(0)?.toString(16),
      `${name}: ${JSON.stringify(text.slice(0, 3000))}`,
    ).toBeUndefined();
    // In a page a line break is a space.
    if (!name.includes('page')) expect(text, name).not.toMatch(/^Forged/m);
  }
}

function both({ stdout, stderr }: Ended): string {
  return stdout + stderr;
}

interface Posted {
  readonly body: string;
}

it('words of others in the replies of Atlas steer no output of a drill', async () => {
  const home = await temporaryFolder();
  const simulator = await simulatorProcess(600);
  const env = { ...simulator.env, MONGODB_ATLAS_BASE_URL: await hostileAtlas(simulator.baseUrl) };
  const runbook = join(home, 'runbook.yaml');
  const notify = '[{ webhook: { url: "https://ops.example.com/hook" } }]';
  await writeFile(runbook, runbookText({ notify, objectives: '' }));
  const call = (...args: string[]) => lifeboat([...args, '--home', home], env);

  const plan = await call('plan', runbook);
  const ran = await call('run', runbook, '--json', '--yes');
  const { jobId } = JSON.parse(ran.stdout) as Job;
  const shown = await call('jobs', 'show', jobId);
  const report = await readFile(join(home, 'reports', `${jobId}.json`), 'utf8');
  const inbox = (await (await fetch(`${simulator.baseUrl}/simulator/inbox`)).json()) as Posted[];
  const events = await call('jobs', 'timeline', jobId, '--json');
  // The list of events stays a list: the mark is beside it, and in the first of them.
  expect(events.stderr).toContain(`${jobId} (SIMULATED)`);
  const [begun] = JSON.parse(events.stdout) as TimelineEvent[];
  expect(begun).toMatchObject({ type: 'job-started', data: { simulated: true } });
  expect(ran.code).toBe(0);
  expect(inbox.length).toBeGreaterThan(0);
  expectPlain({
    plan: both(plan),
    'plan --json': both(await call('plan', runbook, '--json')),
    run: both(ran),
    show: both(shown),
    'show --json': both(await call('jobs', 'show', jobId, '--json')),
    timeline: both(await call('jobs', 'timeline', jobId)),
    'timeline --json': both(events),
    list: both(await call('jobs', 'list')),
    'list --json': both(await call('jobs', 'list', '--json')),
    'report (JSON)': report,
    'report (page)': await readFile(join(home, 'reports', `${jobId}.html`), 'utf8'),
    ...Object.fromEntries(inbox.map(({ body }, index) => [`message ${index}`, body])),
  });
  // Words that came from Atlas are there, and seen.
  for (const text of [both(plan), both(shown), report]) expect(text).toMatch(SHOWN);
});

it('what Atlas says to refuse a restore steers neither a terminal, nor a log, nor a message', async () => {
  const home = await temporaryFolder();
  const simulator = await simulatorProcess(600);
  const refuses = (method: string, path: string) => method === 'POST' && path.includes('/restoreJobs');
  const env = { ...simulator.env, MONGODB_ATLAS_BASE_URL: await hostileAtlas(simulator.baseUrl, refuses) };
  const runbooks = await temporaryFolder();
  const notify = '[{ webhook: { url: "https://ops.example.com/hook" } }, { slack: { urlSecret: SLACK } }]';
  await writeFile(join(runbooks, 'drill.yaml'), runbookText({ notify, objectives: '' }));
  const server = await serverProcess(home, { ...simulator, env }, ['--runbooks', runbooks]);
  const started = await server.send('/v1/jobs', {
    method: 'POST',
    headers: { 'idempotency-key': 'one' },
    body: JSON.stringify({ name: 'drill' }),
  });
  const { jobId } = (await started.json()) as Job;
  await told(server, new RegExp(`${jobId}.* notice-sent.*"failed"[^]*"failed"`));
  const answer = await (await server.send(`/v1/jobs/${jobId}`)).text();
  const page = await (await server.send(`/v1/jobs/${jobId}/report.html`)).text();
  server.running.process.kill('SIGTERM');
  const log = await server.running.ended;
  const shown = await lifeboat(['jobs', 'show', jobId, '--home', home], env);
  const inbox = (await (await fetch(`${simulator.baseUrl}/simulator/inbox`)).json()) as Posted[];
  const failed = inbox.filter(({ body }) => body.includes('Forged'));
  expect(failed.length).toBeGreaterThan(0);
  expectPlain({
    log: both(log),
    show: both(shown),
    'answer of the API': answer,
    'report (page)': page,
    ...Object.fromEntries(inbox.map(({ body }, index) => [`message ${index}`, body])),
  });
  for (const text of [log.stderr, shown.stdout, page, ...failed.map(({ body }) => body)])
    expect(text.replaceAll('&lt;', '<')).toMatch(SHOWN);
  // Each line of the log says that the job is simulated.
  const lines = log.stderr.split('\n').filter((line) => line.includes(jobId));
  expect(lines.filter((line) => !line.includes(`SIMULATED ${jobId}`))).toEqual([]);
});
