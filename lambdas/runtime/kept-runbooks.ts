import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import * as z from 'zod';
import type { KeptRunbook, RunbookStore } from '../../core/http/host.ts';

/** What the CDK app puts beside the code: the runbooks with the files that they name, and an index of both. */
const FOLDER = new URL('runbooks/', import.meta.url);
const INDEX = new URL('runbooks.json', import.meta.url);

const index = z.object({
  /** Names of runbooks, and their files. */
  runbooks: z.record(z.string(), z.string()),
  /** The files that runbooks name, relative to the folder. */
  beside: z.array(z.string()),
});

/** The runbooks that were deployed with the stack. */
export const keptRunbooks = deployedRunbooks(INDEX, FOLDER);

/**
 * The runbooks that an index lists. No other file is ever read, whatever a runbook names: overrides come from callers.
 *
 * @param folder ends with a slash.
 */
export function deployedRunbooks(indexFile: URL, folder: URL): RunbookStore {
  const listed = async () => index.parse(JSON.parse(await readFile(indexFile, 'utf8')));
  return {
    names: async () => Object.keys((await listed()).runbooks).sort(),
    async read(name) {
      const { runbooks, beside } = await listed();
      const file = Object.hasOwn(runbooks, name) ? runbooks[name] : undefined;
      return file === undefined ? undefined : readKept(file, beside, folder);
    },
  };
}

async function readKept(file: string, beside: readonly string[], folder: URL): Promise<KeptRunbook> {
  return {
    text: await readFile(within(folder, file), 'utf8'),
    readBeside(path) {
      const found = beside.find((one) => one === posix.normalize(path));
      if (found === undefined) throw new TypeError('it was not deployed with the runbooks');
      return readFileSync(within(folder, found), 'utf8');
    },
  };
}

/** A name of a file is no address: nothing in it is decoded. */
function within(folder: URL, file: string): URL {
  return new URL(file.split('/').map(encodeURIComponent).join('/'), folder);
}
