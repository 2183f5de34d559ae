import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROBLEMS } from '../../core/http/problems.ts';
import { ROUTES } from '../../core/http/routes.ts';
import { problemsOf } from '../../core/http/openapi.ts';

const page = readFileSync(new URL('../../docs/http-api.md', import.meta.url), 'utf8');

it('docs/http-api.md explains every problem with its status, and no other', () => {
  const explained = [...page.matchAll(/^\| `([a-z-]+)` +\| (\d{3})/gm)].map(([, name, status]) => [
    name,
    Number(status),
  ]);
  expect(Object.fromEntries(explained)).toEqual(
    Object.fromEntries(Object.entries(PROBLEMS).map(([name, { status }]) => [name, status])),
  );
});

it('every problem can happen', () => {
  // Those of addresses and methods that the document does not have.
  const outside = ['not-found', 'method-not-allowed'];
  const possible = new Set<string>([...ROUTES.flatMap(problemsOf), ...outside]);
  expect(Object.keys(PROBLEMS).filter((name) => !possible.has(name))).toEqual([]);
});
