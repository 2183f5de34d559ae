import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRunbooks } from '../../infra/runbooks.ts';

const drill = readFileSync(new URL('../../examples/drill.yaml', import.meta.url), 'utf8');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lifeboat-runbooks-'))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('every example can be deployed', () => {
  expect(readRunbooks('examples').map(({ runbook }) => runbook.name)).toContain('orders-weekly-drill');
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
