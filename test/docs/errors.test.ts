import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;

function namesInSource(): string[] {
  const names = new Set<string>();
  for (const folder of ['core', 'infra', 'lambdas', 'local', 'cli']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const text = readFileSync(join(root, folder, file), 'utf8');
      for (const match of text.matchAll(/name(?:: string)? = '(\w+Error)'/g)) names.add(match[1] ?? '');
    }
  }
  return [...names].sort();
}

it('docs/errors.md explains every error that Lifeboat throws, and no other', () => {
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const explained = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1]).sort();
  expect(explained).toEqual(namesInSource());
});
