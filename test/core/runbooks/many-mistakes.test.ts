import { expect, it } from 'vitest';
import { MOST_MISTAKES } from '../../../core/runbooks/explain-issues.ts';
import { nearest } from '../../../core/runbooks/known-keys.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { fillRollback, PLACEHOLDERS, unknownPlaceholders } from '../../../core/runbooks/rollback.ts';
import { RunbookError } from '../../../core/runbooks/runbook-error.ts';

const many = Array.from({ length: 8000 }, (_, index) => `k${index}`);
const map = many
  .slice(0, 900)
  .map((key) => `${key}: 1`)
  .join(', ');

function problemsIn(text: string): RunbookError['problems'] {
  try {
    parseRunbook(text, 'runbook.yaml');
  } catch (error) {
    if (error instanceof RunbookError) return error.problems;
    throw error;
  }
  return [];
}

// Each took seconds or more: the process that reads a runbook does nothing else meanwhile.
it.each([
  ['unknown keys', `{version: 1, kind: drill, ${map}}`],
  ['unknown keys without a kind', `{${map}}`],
  ['unknown keys of a channel', `{version: 1, kind: drill, notify: [{${map}}]}`],
  ['keys that belong elsewhere', `{version: 1, kind: drill, guards: {${map}}}`],
  [
    'items of the wrong type',
    `{version: 1, kind: drill, approval: {from: [${many.map(() => 1).join(', ')}]}}`,
  ],
  [
    'approvers who are none',
    `{version: 1, kind: drill, approval: {from: [${many.map(() => 'arn:').join(', ')}]}}`,
  ],
])('of very many %s the first are told, and that there are more', (_what, text) => {
  const problems = problemsIn(text);
  expect(problems).toHaveLength(MOST_MISTAKES + 1);
  expect(problems.map(({ message }) => message).join()).toContain('has more mistakes than these');
});

it.each([
  ['block', many.map((key) => `${key}: 1`).join('\n')],
  ['flow', `{a: {${many.map((key) => `${key}: 1`).join(', ')}}}`],
  ['JSON', JSON.stringify({ kind: 'drill', a: Object.fromEntries(many.map((key) => [key, 1])) })],
])('a map of 8,000 keys is not read at all, in %s style', (_style, text) => {
  expect(problemsIn(text)).toEqual([
    { line: 1, column: 1, path: '', message: 'has more than 1000 keys in one place, which no runbook has' },
  ]);
});

it('of a list that is too long nothing else is told for every item', () => {
  expect(problemsIn(`{kind: drill, verify: [${many.map(() => '{a: 1}').join(', ')}]}`).length).toBeLessThan(
    20,
  );
});

it('all of a few hundred are told', () => {
  const keys = many.slice(0, 150).map((key) => `${key}: 1`);
  const found = problemsIn(`{version: 1, kind: drill, ${keys.join(', ')}}`);
  expect(found.filter(({ message }) => message.startsWith('is not a key here'))).toHaveLength(150);
  expect(found.map(({ message }) => message).join()).not.toContain('has more mistakes');
});

it('a word that is far too long for any is like none, without a comparison', () => {
  const word = new Proxy(new String('x'.repeat(1000)), {
    get(target, key) {
      if (key === 'toLowerCase') throw new Error('compared');
      return Reflect.get(target, key) as unknown;
    },
  }) as unknown as string;
  expect(nearest(word, ['source', 'target'])).toBeUndefined();
  expect(nearest('sorce', ['source', 'target'])).toBe('source');
});

it('a rollback text is searched in one go, whatever is in it', () => {
  const none = Object.fromEntries(Object.keys(PLACEHOLDERS).map((name) => [name, 'X'])) as Record<
    keyof typeof PLACEHOLDERS,
    string
  >;
  for (const text of [
    `{{${' '.repeat(90_000)}`,
    '{{ '.repeat(30_000),
    '{'.repeat(90_000),
    `{{${'a '.repeat(40_000)}`,
  ]) {
    expect(unknownPlaceholders(text)).toEqual([]);
    expect(fillRollback(text, none)).toBe(text);
  }
  expect(fillRollback('at {{ now }}, {{now}} and {{\tnow  }}', none)).toBe('at X, X and X');
  expect(unknownPlaceholders('{{  nobody  }} {{nobody}}')).toEqual(['nobody']);
});
