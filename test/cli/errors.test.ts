import { expect, it } from 'vitest';
import { tellable } from '../../cli/errors.ts';
import { errorOf } from '../../cli/remote/error-of.ts';
import { HOSTILE, RAW } from '../support/hostile-atlas.ts';

const LINE_OF_OTHERS = /^\s*Forged/m;

function expectPlain(text: string): void {
  expect(text).not.toMatch(RAW);
  expect(text).not.toMatch(LINE_OF_OTHERS);
  expect(text).toContain('<U+202E>');
}

it('what answers in the place of an API writes no lines of its own', () => {
  const told = {
    type: 'urn:lifeboat:problem:invalid-runbook',
    title: HOSTILE,
    status: 422,
    detail: HOSTILE,
    instance: HOSTILE,
    fields: [{ field: HOSTILE, message: HOSTILE, line: 3 }],
    changed: HOSTILE,
    next: HOSTILE,
  };
  const { message, changed, next } = errorOf({
    status: 422,
    text: JSON.stringify(told),
    place: 'https://lifeboat.example.com',
  });
  for (const text of [message, changed ?? '', next ?? '']) expectPlain(text);
  // What is wrong with each part of the request still has a line of its own.
  expect(message.split('\n')).toHaveLength(2);
});

it('a fault of Lifeboat quotes the words that it stumbled over, and shows what hides in them', () => {
  const [fault] = tellable(new SyntaxError(`Unexpected token in ${HOSTILE}`));
  expectPlain(fault?.message ?? '');
  const path = `/tmp/${HOSTILE}`;
  const [file] = tellable(Object.assign(new Error(`EACCES: no, open '${path}'`), { code: 'EACCES', path }));
  expectPlain(file?.message ?? '');
});

it.each([
  ['ENOSPC', 'Make room'],
  ['EACCES', 'Give access'],
  ['EROFS', 'that can be written to'],
  ['ENOENT', 'See that the path is right'],
  ['EISDIR', 'See that the path is right'],
])('what to do about a file that fails with %s fits it', (code, next) => {
  const error = Object.assign(new Error(`${code}: reason, open '/x'`), { code, path: '/x' });
  expect(tellable(error)[0]?.next).toContain(next);
});
