import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { tableLines } from '../../cli/output/table.ts';
import { outputOn } from '../../cli/terminal.ts';

function stream(terminal: { readonly columns: number } | undefined): NodeJS.WriteStream {
  const made = new PassThrough();
  // As Node has it: a pipe's isTTY is not false, it is not there.
  return Object.assign(made, terminal && { isTTY: true, ...terminal }) as unknown as NodeJS.WriteStream;
}

const TERMINAL = { columns: 120 };

it.each([
  ['a terminal', TERMINAL, {}, true, true],
  ['a pipe', undefined, {}, true, false],
  ['NO_COLOR', TERMINAL, { NO_COLOR: '1' }, true, false],
  ['--no-color', TERMINAL, {}, false, false],
  ['a terminal that can do nothing', TERMINAL, { TERM: 'dumb' }, true, false],
])('colours and %s', (_what, terminal, env, color, colored) => {
  const { colors } = outputOn(stream(terminal), env, color);
  expect(colors.red('x') !== 'x').toBe(colored);
});

it('is as wide as its terminal, and 80 columns elsewhere', () => {
  expect(outputOn(stream(TERMINAL), {}, true)).toMatchObject({ width: 120, live: true });
  expect(outputOn(stream(undefined), {}, true)).toMatchObject({ width: 80, live: false });
});

const HOSTILE = '\u001b[31mred\u001b]0;title\u0007 \u009b2J \u202eback\u200b \r\u007f\u2028';

it.each([
  ['a terminal', TERMINAL],
  ['a pipe', undefined],
])('on %s, only the colours of this process are codes', (_what, terminal) => {
  const to = stream(terminal);
  const { colors, line } = outputOn(to, {}, true);
  line(`${colors.bold(colors.green(HOSTILE))} and ${HOSTILE}`);
  const text = String((to as unknown as PassThrough).read());
  const shown =
    '<U+001B>[31mred<U+001B>]0;title<U+0007> <U+009B>2J <U+202E>back<U+200B> <U+000D><U+007F><U+2028>';
  expect(text).toBe(
    terminal === undefined
      ? `${shown} and ${shown}\n`
      : `\u001b[1m\u001b[32m${shown}\u001b[39m\u001b[22m and ${shown}\n`,
  );
});

it('a table with colours keeps them, and its columns', () => {
  const to = stream(TERMINAL);
  const { colors, line } = outputOn(to, {}, true);
  const rows = [
    { cells: [colors.red('FAILED'), 'a long text that has to be wrapped '.repeat(3)] },
    { cells: ['x', 'y'] },
  ];
  line(tableLines(['STATUS', 'TEXT'], rows, 60, colors).join('\n'));
  const text = String((to as unknown as PassThrough).read());
  expect(text).toContain('\u001b[31mFAILED\u001b[39m  a long');
  expect(text).not.toMatch(/\u009b|<U\+/);
});
