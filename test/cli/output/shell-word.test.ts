import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandLines } from '../../../cli/output/command-lines.ts';
import { fileWord, shellWord } from '../../../cli/output/shell-word.ts';

const WORDS = [
  'drill.yaml',
  'a folder/drill.yaml',
  "anna's drill.yaml",
  `both ' and "`,
  '$HOME/`id`!*?[a]{b}~#&|;<>()\\',
  '=ls',
  '~/drill.yaml',
  'two\nlines\tand \\ \' "',
  '\u202eliam.gpj',
  'Größe 売上.yaml',
  '',
];

test.each(WORDS)('bash reads %j back as it was', (word) => {
  const read = execFileSync('bash', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' });
  expect(read).toBe(word);
});

test('a file that begins with a dash is no option', () => {
  expect(fileWord('-x.yaml')).toBe('./-x.yaml');
});

test('only what needs quotes has some', () => {
  expect(shellWord('../examples/drill_1.yaml')).toBe('../examples/drill_1.yaml');
});

test('a long command is broken between its words, never inside one', () => {
  const words = ['run', "a folder/anna's drill of the orders.yaml", '--simulate'];
  const lines = commandLines(`printf '%s|' ${words.map(shellWord).join(' ')}`, 40);
  expect(lines.length).toBeGreaterThan(1);
  expect(execFileSync('bash', ['-c', lines.join('\n')], { encoding: 'utf8' })).toBe(
    words.map((word) => `${word}|`).join(''),
  );
});
