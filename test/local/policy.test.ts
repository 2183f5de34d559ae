import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { keptFile, policyFrom } from '../../local/policy.ts';
import { temporaryFolder } from '../cli/lifeboat.ts';

async function policyFile(text: string): Promise<string> {
  const file = join(await temporaryFolder(), 'policy.yaml');
  await writeFile(file, text);
  return file;
}

it('requires nothing where nothing is set', async () => {
  expect(await policyFrom({})).toEqual({ policy: NO_POLICY });
  expect(await policyFrom({ LIFEBOAT_POLICY: ' ' })).toEqual({ policy: NO_POLICY });
});

it.each(['missing.yaml', '.'])('refuses a policy that cannot be read: %s', async (name) => {
  const LIFEBOAT_POLICY = join(await temporaryFolder(), name);
  await expect(policyFrom({ LIFEBOAT_POLICY })).rejects.toMatchObject({ name: 'PolicyError' });
});

it('refuses a policy with a mistake instead of taking it for none', async () => {
  const LIFEBOAT_POLICY = await policyFile('runbook: kept\n');
  await expect(policyFrom({ LIFEBOAT_POLICY })).rejects.toThrow('did you mean runbooks?');
});

it('adds the lists of the environment to those of the file', async () => {
  const [one, other] = ['5e2f1c0a9d3b7a4c8e6f0a01', '5e2f1c0a9d3b7a4c8e6f0a02'];
  const { policy } = await policyFrom({
    LIFEBOAT_POLICY: await policyFile(`protectedClusters: [${one}/*]\nbreakGlass: true\n`),
    LIFEBOAT_PROTECTED_CLUSTERS: `${other}/orders`,
    LIFEBOAT_ALLOWED_PROJECTS: other,
  });
  expect(policy).toMatchObject({
    protectedClusters: [`${one}/*`, `${other}/orders`],
    allowedProjects: [other],
    breakGlass: true,
    overrides: [],
  });
});

it('knows a kept runbook by the folder that it really is in', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'kept'));
  await writeFile(join(folder, 'kept', 'drill.yaml'), '');
  await writeFile(join(folder, 'other.yaml'), '');
  await symlink(join(folder, 'other.yaml'), join(folder, 'kept', 'linked.yaml'));
  const local = { policy: { ...NO_POLICY, runbooks: 'kept' as const }, runbooksFolder: join(folder, 'kept') };
  expect(await keptFile(join(folder, 'kept', 'drill.yaml'), local)).toMatchObject({ name: 'drill' });
  expect(await keptFile(join(folder, 'kept', '..', 'other.yaml'), local)).toBeUndefined();
  expect(await keptFile(join(folder, 'kept', 'linked.yaml'), local)).toBeUndefined();
  expect(await keptFile(join(folder, 'nothing.yaml'), local)).toBeUndefined();
  await expect(keptFile('drill.yaml', { policy: local.policy })).rejects.toThrow('names no folder');
});
