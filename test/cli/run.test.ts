import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lifeboat, temporaryFolder } from './lifeboat.ts';

const DRILL = 'examples/drill.yaml';
const FAST = ['--simulate', '--speed', '300', '--seed', '7'];
const ESCAPE = '\u001b';

it('runs a drill, prints the job alone on stdout, and keeps history and report', async () => {
  const home = await temporaryFolder();
  const ran = await lifeboat(['run', DRILL, ...FAST, '--json', '--home', home]);
  const job = JSON.parse(ran.stdout) as Record<string, unknown> & { jobId: string; atlas: object };
  expect(job).toMatchObject({
    status: 'SUCCEEDED',
    verdict: 'passed',
    rtoSeconds: expect.any(Number) as number,
    rpoSeconds: expect.any(Number) as number,
    atlas: { restoreJobId: expect.stringMatching(/^[a-f0-9]{24}$/) as string },
    simulation: { seed: 7, speed: 300 },
  });
  expect(job).not.toHaveProperty('version');
  expect(ran.code).toBe(0);
  expect(ran.stderr.trimEnd().split('\n')).toEqual(
    ran.stderr
      .trimEnd()
      .split('\n')
      .map(() => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [a-z-]+ \S/) as string),
  );
  expect(ran.stdout + ran.stderr).not.toContain(ESCAPE);
  const page = join(home, 'reports', `${job.jobId}.html`);
  expect(await readFile(page, 'utf8')).toContain(job.jobId);

  await checkLooks(home, job.jobId);
});

/** What can be looked at afterwards, in the same home: a drill is dear. */
async function checkLooks(home: string, jobId: string): Promise<void> {
  const env = { LIFEBOAT_HOME: home };
  const [list, show, timeline, verify, again, report] = await Promise.all([
    lifeboat(['jobs', 'list'], env),
    lifeboat(['jobs', 'show', jobId], env),
    lifeboat(['jobs', 'timeline', jobId], env),
    lifeboat(['jobs', 'verify', jobId, '--json'], env),
    lifeboat(['jobs', 'resume', jobId, '--json'], env),
    lifeboat(['report', jobId, '--output', join(home, 'copy.html')], env),
  ]);
  // Nothing on stderr: no warning of Node's or of the AWS SDK's reaches a person.
  expect(list).toMatchObject({ code: 0, stderr: '' });
  expect(list.stdout).toMatch(
    new RegExp(`^JOB +STATUS.*\\n${jobId}  SUCCEEDED  passed .*\\n  SIMULATED drill orders-weekly-drill`),
  );
  expect(show.stdout).toContain('RTO achieved');
  for (const { stdout } of [list, show, timeline]) {
    expect(
      Math.max(
        ...stdout
          .split('\n')
          .filter((line) => !line.includes(home))
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  }
  const events = timeline.stdout.split('\n').filter((line) => /^\d+ /.test(line)).length;
  expect(JSON.parse(verify.stdout)).toMatchObject({ ok: true, count: events });
  expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('has ended already') as string });
  expect(JSON.parse(again.stdout)).toMatchObject({ jobId, status: 'SUCCEEDED' });
  expect(report).toMatchObject({ code: 0, stderr: '', stdout: `${join(home, 'copy.html')}\n` });
  expect(existsSync(join(home, 'copy.html'))).toBe(true);
}

it('says which objective was missed, and exits with 1', async () => {
  const home = await temporaryFolder();
  const runbook = join(home, 'strict.yaml');
  await writeFile(runbook, (await readFile(DRILL, 'utf8')).replace('rto: 1h', 'rto: 1s'));
  const ran = await lifeboat(['run', runbook, ...FAST, '--quiet', '--home', home]);
  expect(ran).toMatchObject({ code: 1, stderr: '' });
  expect(ran.stdout).toMatch(/^✗ Simulated drill failed: .*\n.*recovery time objective was missed/);
  expect(ran.stdout).toMatch(/RTO achieved +.* of 1 s {2}missed/);
  const report = /Report +(\S+)/.exec(ran.stdout)?.[1];
  expect(report === undefined ? '' : await readFile(report, 'utf8')).toContain('missed');
});

it('plans without touching the home, and exits with 1 when a guard stands in the way', async () => {
  const home = await temporaryFolder();
  const runbook = join(home, 'small.yaml');
  await writeFile(runbook, (await readFile(DRILL, 'utf8')).replace('orders-drill', 'small'));
  const unused = join(home, 'unused');
  const [fits, tooSmall] = await Promise.all([
    lifeboat(['plan', DRILL, '--simulate', '--json', '--home', unused]),
    lifeboat(['plan', runbook, '--simulate', '--home', unused]),
  ]);
  expect(fits.code).toBe(0);
  expect(JSON.parse(fits.stdout)).toMatchObject({ ok: true, runbook: 'orders-weekly-drill' });
  expect(tooSmall.code).toBe(1);
  expect(tooSmall.stdout).toMatch(/✗ disk-large-enough: /);
  expect(existsSync(unused)).toBe(false);
});
