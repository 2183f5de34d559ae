import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { bundleWithRunbooks } from '../../infra/function-code.ts';
import { readRunbooks } from '../../infra/runbooks.ts';
import { deployedRunbooks } from '../../lambdas/runtime/kept-runbooks.ts';

const drill = readFileSync(new URL('../../examples/drill.yaml', import.meta.url), 'utf8');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lifeboat-runbooks-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('every example can be deployed', () => {
  expect(readRunbooks('examples').map(({ runbook }) => runbook.name)).toContain('orders-weekly-drill');
});

it('the runbooks that are deployed to the emulator are without mistakes', () => {
  expect(readRunbooks('test/deploy/runbooks').length).toBeGreaterThanOrEqual(6);
});

it('a mistake in a runbook stops the deployment, and is told with its line', () => {
  writeFileSync(join(folder, 'drill.yaml'), drill.replace('kind: drill', 'kind: dril'));
  expect(() => readRunbooks(folder)).toThrow(/drill\.yaml:\d+:\d+/);
});

it('two runbooks of one name stop the deployment', () => {
  writeFileSync(join(folder, 'one.yaml'), drill);
  writeFileSync(join(folder, 'two.yaml'), drill);
  expect(() => readRunbooks(folder)).toThrow('both named orders-weekly-drill');
});

const indexes = readFileSync(new URL('../../examples/search-indexes.json', import.meta.url), 'utf8');

/** A runbook in a folder with other things in it, which names a file. */
function folderNaming(file: string): string {
  const inside = join(folder, 'runbooks');
  mkdirSync(join(inside, 'indexes'), { recursive: true });
  const steps = `after:\n  - name: search\n    use: search-index\n    with: { file: '${file}' }\n`;
  writeFileSync(join(inside, 'drill.yaml'), `${drill}\n${steps}`);
  writeFileSync(join(inside, 'indexes/orders.json'), indexes);
  writeFileSync(join(inside, 'indexes/unused.json'), indexes);
  writeFileSync(join(inside, '.env'), 'SECRET=1');
  writeFileSync(join(folder, 'outside.json'), indexes);
  symlinkSync(join(folder, 'outside.json'), join(inside, 'link.json'));
  return inside;
}

it.each([
  '../outside.json',
  'indexes/../../outside.json',
  'link.json',
  '/etc/hostname',
  'file:///etc/hostname',
  'FILE:/etc/hostname',
  '..\\outside.json',
  'C:\\outside.json',
])('a runbook that names %s stops the deployment', (file) => {
  const inside = folderNaming(file);
  expect(() => readRunbooks(inside)).toThrow(/drill\.yaml:\d+:\d+/);
});

it('of the folder nothing is published but the runbooks and the files that they name', async () => {
  const inside = folderNaming('./indexes/orders.json');
  const bundles = join(folder, 'bundles');
  mkdirSync(join(bundles, 'schedule'), { recursive: true });
  writeFileSync(join(bundles, 'schedule/index.mjs'), '');
  bundleWithRunbooks(bundles, 'schedule', { path: inside, runbooks: readRunbooks(inside) });
  const staged = join(bundles, 'with-runbooks/schedule');
  expect(readdirSync(staged, { recursive: true }).sort()).toEqual([
    'index.mjs',
    'runbooks',
    'runbooks.json',
    'runbooks/drill.yaml',
    'runbooks/indexes',
    'runbooks/indexes/orders.json',
  ]);

  const kept = deployedRunbooks(
    pathToFileURL(join(staged, 'runbooks.json')),
    pathToFileURL(`${join(staged, 'runbooks')}/`),
  );
  expect(await kept.names()).toEqual(['orders-weekly-drill']);
  for (const name of ['drill.yaml', '../drill', '__proto__', ''])
    expect(await kept.read(name)).toBeUndefined();
  const { text, readBeside } = (await kept.read('orders-weekly-drill'))!;
  expect(parseRunbook(text, 'drill', readBeside)).toEqual(readRunbooks(inside)[0]?.runbook);
  for (const file of [
    pathToFileURL(join(folder, 'outside.json')).href,
    join(folder, 'outside.json'),
    '../runbooks.json',
    '..%2Frunbooks.json',
    'drill.yaml',
    'indexes/unused.json',
  ])
    expect(() => readBeside!(file), file).toThrow('it was not deployed');
});

it('approvers that can never sign in at the installation stop the deployment', () => {
  const asking = (from: string) => {
    writeFileSync(join(folder, 'drill.yaml'), `${drill}\napproval: { from: ['${from}'] }\n`);
  };
  asking('bob');
  expect(readRunbooks(folder)).toHaveLength(1);
  expect(() => readRunbooks(folder, 'aws')).toThrow('matches nobody who signs in here');
  expect(() => readRunbooks(folder, 'tokens')).toThrow('ISSUER#SUBJECT');
  asking('arn:aws:iam::111111111111:user/bob');
  expect(readRunbooks(folder, 'aws')).toHaveLength(1);
  asking('arn:aws:sts::111111111111:assumed-role/Approvers/bob');
  expect(() => readRunbooks(folder)).toThrow('identifies nobody who could approve');
});
