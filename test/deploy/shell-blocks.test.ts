import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shellBlocks } from './shell-blocks.ts';

const page = readFileSync(new URL('../../docs/aws.md', import.meta.url), 'utf8');
const blocks = shellBlocks(page);

it('the blocks of a page come in order, with where they can be run', () => {
  const text = 'One\n\n```sh\nls\n```\n\n<!-- AWS -->\n\n```sh\naws\nid\n```\n\n```json\n{}\n```\n';
  expect(shellBlocks(text)).toEqual([
    { line: 4, where: 'anywhere', text: 'ls\n' },
    { line: 10, where: 'AWS', text: 'aws\nid\n' },
  ]);
});

it('docs/aws.md uses no variable and no function that it has not set before', () => {
  const set = new Set(['PATH']);
  const missing: string[] = [];
  // What differs between the emulator and AWS, both of them set.
  set.add('LIFEBOAT_CHOICES');
  for (const { line, text } of blocks) {
    for (const [, name = ''] of text.matchAll(
      /(?:^|[\s;(])(?:export |read -r |for )?([A-Z][A-Z_]*)(?==|$|\s+in\s)/gm,
    ))
      set.add(name);
    for (const [, name = ''] of text.matchAll(/^(\w+)\(\) \{/gm)) set.add(name);
    for (const [, name = ''] of text.matchAll(/\$\{?([A-Z][A-Z_]*)/g))
      if (!set.has(name)) missing.push(`${name} in line ${line}`);
    for (const [, name = ''] of text.matchAll(/(?:^|\$\(|[A-Z]=\w+ )(lifeboat|output)(?= [\w-])/gm))
      if (!set.has(name)) missing.push(`${name} in line ${line}`);
  }
  expect(missing).toEqual([]);
});

it('docs/aws.md puts no secret on a command line', () => {
  for (const { text } of blocks) expect(text).not.toMatch(/--secret-string(?! file:)/);
});
