import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runbookText } from '../support/rehearsal.ts';
import { lifeboat, temporaryFolder } from './lifeboat.ts';

// Each of them runs several processes.
vi.setConfig({ testTimeout: 60_000 });

/** A machine with a policy, and the command line on it. */
async function machine(policy: string) {
  const home = await temporaryFolder();
  await mkdir(join(home, 'kept'));
  await writeFile(join(home, 'kept', 'drill.yaml'), runbookText({ objectives: '' }));
  await writeFile(join(home, 'drill.yaml'), runbookText());
  await writeFile(join(home, 'policy.yaml'), policy);
  const env = { LIFEBOAT_POLICY: join(home, 'policy.yaml'), LIFEBOAT_HOME: join(home, 'home') };
  const call = (...args: string[]) => lifeboat(args, env);
  return { home, call, kept: join(home, 'kept', 'drill.yaml'), other: join(home, 'drill.yaml') };
}

it('a policy with a mistake stops everything that starts, with exit code 2', async () => {
  const { call, other } = await machine('runbok: kept\n');
  for (const args of [
    ['run', other, '--simulate'],
    ['plan', other, '--simulate'],
    ['serve', '--port', '0'],
  ]) {
    const { code, stderr } = await call(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('policy.yaml:1:1: runbok: is not a key here: did you mean runbooks?');
  }
  expect((await call('jobs', 'list')).stderr).toContain('No jobs yet');
});

it('only kept runbooks run where the policy says so', async () => {
  const { call, kept, other } = await machine('runbooks: kept\nrunbooksFolder: kept\n');
  const refused = await call('run', other, '--simulate', '--speed', '10000', '--quiet');
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('Only runbooks that this installation keeps may be run');
  expect(refused.stderr).toContain('Nothing was changed.');
  expect((await call('run', kept, '--simulate', '--speed', '600', '--quiet')).code).toBe(0);
  const plan = await call('plan', other, '--simulate');
  expect(plan.code).toBe(1);
  expect(plan.stdout).toContain('The policy of this installation forbids it');
});

it('a freeze stops what starts, and is told by list and plan until somebody unfreezes', async () => {
  const { call, other } = await machine('{}');
  const frozen = await call('freeze', '--reason', 'Atlas has an incident');
  expect(frozen).toMatchObject({ code: 0, stderr: 'Nobody was notified: the policy names no channels.\n' });
  expect(frozen.stdout).toMatch(/^Frozen since .* UTC by .*: Atlas has an incident\. Nothing new is changed/);
  const refused = await call('run', other, '--simulate', '--quiet');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('was not started. Frozen since');
  expect((await call('jobs', 'list')).stderr).toContain('Frozen since');
  const plan = await call('plan', other, '--simulate');
  expect(plan.code).toBe(1);
  expect(plan.stdout).toContain('This installation is frozen');
  expect((await call('unfreeze')).stdout).toContain('Nothing is frozen');
  expect((await call('plan', other, '--simulate')).code).toBe(0);
});
