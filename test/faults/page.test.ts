import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { INVARIANTS } from '../invariants/invariants.ts';
import { FAULTS } from './faults.ts';
import { SCENARIOS } from './scenarios.ts';

const page = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');

it('docs/reliability.md tells of every fault, scenario and invariant; npm run reliability writes it', () => {
  const names = [...FAULTS, ...SCENARIOS, ...INVARIANTS].map(({ name }) => name);
  expect(names.filter((name) => !page.includes(name))).toEqual([]);
});
