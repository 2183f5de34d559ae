import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { claimJob, isInterrupted, leftRunning, runnerOf } from '../../local/running-jobs.ts';
import { temporaryHomes } from './table/temporary-home.ts';

const freshHome = temporaryHomes();
const JOB = '01K2A0000000000000000000AA';

async function madeHome(): Promise<string> {
  const home = await freshHome();
  await mkdir(home);
  return home;
}

/** A home in which a claim says this. */
async function homeWithClaim(text: string): Promise<string> {
  const home = await madeHome();
  await mkdir(join(home, 'running'));
  await writeFile(join(home, 'running', `${JOB}.pid`), text);
  return home;
}

/** A process that has ended and that its parent does not ask after. */
async function zombie(): Promise<number> {
  const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  while (!(await readFile(`/proc/${pid}/stat`, 'utf8')).includes(') Z ')) await setImmediate();
  return pid;
}

it('knows the process that has claimed a job, until it lets go', async () => {
  const home = await madeHome();
  const claim = await claimJob(home, JOB);
  expect(await runnerOf(home, JOB)).toBe(process.pid);
  await claim.release();
  expect(await runnerOf(home, JOB)).toBeUndefined();
});

it('knows a job that nobody works on from one that somebody works on, and from one that has ended', async () => {
  const home = await homeWithClaim('0');
  expect(await leftRunning(home)).toEqual([JOB]);
  expect(await isInterrupted(home, { jobId: JOB, status: 'RUNNING' })).toBe(true);
  expect(await isInterrupted(home, { jobId: JOB, status: 'SUCCEEDED' })).toBe(false);
  const claim = await claimJob(home, JOB);
  expect(await leftRunning(home)).toEqual([]);
  expect(await isInterrupted(home, { jobId: JOB, status: 'RUNNING' })).toBe(false);
  await claim.release();
});

it.each(['', 'nonsense', '-1', '0'])('takes a claim that says %j for nobody’s', async (text) => {
  expect(await runnerOf(await homeWithClaim(text), JOB)).toBeUndefined();
});

describe.skipIf(!existsSync('/proc/self/stat'))('where /proc tells of processes', () => {
  it('counts a zombie as dead', async () => {
    expect(await runnerOf(await homeWithClaim(String(await zombie())), JOB)).toBeUndefined();
  });

  it('counts a process as dead whose number another one has taken', async () => {
    const home = await madeHome();
    const claim = await claimJob(home, JOB);
    onTestFinished(() => claim.release());
    const file = join(home, 'running', `${JOB}.pid`);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/ \d+$/, ' 1'));
    expect(await runnerOf(home, JOB)).toBeUndefined();
  });

  it('trusts the number alone where the start time was not known', async () => {
    expect(await runnerOf(await homeWithClaim(String(process.pid)), JOB)).toBe(process.pid);
  });
});

it('names the file where a claim cannot be written, and the remedy', async () => {
  const home = await madeHome();
  await writeFile(join(home, 'running'), 'in the way');
  const error: unknown = await claimJob(home, JOB).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'LocalHomeError',
    changed: 'Nothing was changed.',
    message: expect.stringContaining(join(home, 'running')) as string,
    next: expect.stringContaining('Give yourself access to') as string,
  });
});
