import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { hiddenCharacters } from '../core/runbooks/hidden-characters.ts';
import { visible } from '../core/visible-text.ts';
import { UsageError } from './errors.ts';

/**
 * The text of a file that was named on the command line.
 *
 * @param what it is, for the message, for example `runbook`.
 * @throws UsageError
 */
export async function readInput(what: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The ${what} ${visible(path)} cannot be read: ${reasonOf(error)}.`,
      'Check the name of the file.',
      error,
    );
  }
}

/**
 * Reads files that another one names, relative to it. What it gives throws a UsageError that says only why a file cannot
 * be read: the caller knows where it is named.
 */
export function besideOf(file: string): (path: string) => string {
  return (path) => {
    try {
      return readFileSync(resolve(dirname(file), path), 'utf8');
    } catch (error) {
      throw new UsageError(reasonOf(error), 'Check the name of the file.', error);
    }
  };
}

/**
 * The content of a YAML or JSON file; undefined when none was named.
 *
 * @throws UsageError with every mistake in it, each with its line and column.
 */
export async function readData(what: string, path: string | undefined): Promise<unknown> {
  if (path === undefined) return undefined;
  return parseData(`${what} file`, path, await readInput(`${what} file`, path));
}

/**
 * The content of a text that is YAML or JSON.
 *
 * @param what it is, for the message, for example `world file`.
 * @param place where it is from, such as a path.
 * @throws UsageError with every mistake in it, each with its line and column.
 */
export function parseData(what: string, place: string, text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const hidden = hiddenCharacters(document, text, lineCounter);
  if (document.errors.length === 0 && hidden.length === 0) return document.toJS() as unknown;
  const broken = document.errors.map(({ pos, message }) => {
    const { line, col: column } = lineCounter.linePos(pos[0]);
    return { line, column, message };
  });
  const mistakes = [...broken, ...hidden].map(
    ({ line, column, message }) => `  ${visible(place)}:${line}:${column}: ${visible(message)}`,
  );
  const fault = broken.length > 0 ? 'is neither YAML nor JSON' : 'holds characters that nobody sees';
  throw new UsageError(
    [`The ${what} ${visible(place)} ${fault}:`, ...mistakes].join('\n'),
    'Correct the file and run the command again.',
  );
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'no permission to read it';
  return String(code ?? error);
}
