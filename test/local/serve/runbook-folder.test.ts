import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { noRunbooks, runbookFolder } from '../../../local/serve/runbook-folder.ts';

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const outside = await mkdtemp(join(tmpdir(), 'lifeboat-runbooks-'));
  onTestFinished(() => rm(outside, { recursive: true, force: true }));
  const folder = join(outside, 'runbooks');
  await mkdir(folder);
  await writeFile(join(outside, 'secret.json'), '["secret"]');
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

it('knows runbooks by the names of their files, and sees new ones', async () => {
  const folder = await folderOf({
    'weekly.yaml': 'a',
    'nightly.yml': 'b',
    'list.json': '[]',
    'notes.txt': '',
    'a b.yaml': '',
    '.hidden.yaml': '',
  });
  await mkdir(join(folder, 'sub.yaml'));
  const runbooks = runbookFolder(folder);
  expect(await runbooks.names()).toEqual(['nightly', 'weekly']);
  expect((await runbooks.read('weekly'))?.text).toBe('a');
  expect(await runbooks.read('monthly')).toBeUndefined();
  await writeFile(join(folder, 'monthly.yaml'), 'c');
  expect((await runbooks.read('monthly'))?.text).toBe('c');
});

it('leads to no file outside of the folder', async () => {
  const folder = await folderOf({ 'weekly.yaml': 'a', 'list.json': '[]' });
  await symlink('../secret.json', join(folder, 'link.json'));
  const runbooks = runbookFolder(folder);
  for (const name of ['../secret', '..', '', '/etc/passwd', 'weekly.yaml', '__proto__']) {
    expect(await runbooks.read(name)).toBeUndefined();
  }
  const kept = await runbooks.read('weekly');
  expect(kept?.readBeside?.('list.json')).toBe('[]');
  for (const path of ['../secret.json', 'link.json', '/etc/passwd', 'absent.json']) {
    expect(() => kept?.readBeside?.(path)).toThrow();
  }
});

it('may be none', async () => {
  expect(await noRunbooks().names()).toEqual([]);
  expect(await noRunbooks().read('weekly')).toBeUndefined();
});
