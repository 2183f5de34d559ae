import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The packages in the first column of the tables. `-name` after a package of AWS's stands for a sibling of it. */
function packagesOf(page: string): string[] {
  const cells = page.split('\n').flatMap((line) => /^\| (`[^|]+) \|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => {
    const names = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const [first = ''] = names;
    const family = first.startsWith('@aws-sdk/client-') ? '@aws-sdk/client' : first.split('/')[0]!;
    return names.map((name) => {
      if (name.startsWith('-')) return `${family}${name}`;
      return first.startsWith('@aws-lambda') && !name.includes('/') ? `${family}/${name}` : name;
    });
  });
}

it('docs/dependencies.md names each dependency once, and no other', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const named = packagesOf(read('docs/dependencies.md'));
  expect(named.toSorted()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).toSorted());
});
