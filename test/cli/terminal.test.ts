import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
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
