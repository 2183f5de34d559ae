import type { LifeboatError } from '../../core/errors.ts';
import { tellable } from '../errors.ts';
import type { Output } from '../terminal.ts';
import { wrap } from './wrap.ts';

/**
 * Tells a person what went wrong, what was changed and what to do next: every error that `error` holds, one after the
 * other, and the stacks only with `debug`.
 */
export function printError(error: unknown, err: Output, debug: boolean): void {
  for (const [index, one] of tellable(error).entries()) {
    if (index > 0) err.line();
    printOne(one, err);
    if (debug) err.line(stacks(one));
  }
}

function printOne({ message, changed, next }: LifeboatError, { line, width, live, colors }: Output): void {
  // A pipe or a log gets whole sentences: they can be searched for.
  const fit = (text: string) => (live ? wrap(text, width).join('\n') : text);
  line(fit(`${colors.red(colors.bold('Error:'))} ${message}`));
  if (changed !== undefined) line(fit(changed));
  if (next !== undefined) line(fit(`${colors.bold('Next:')} ${next}`));
}

/** The stack of an error, and those of what caused it. */
export function stacks(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\nCaused by: ${stacks(error.cause)}`;
}
