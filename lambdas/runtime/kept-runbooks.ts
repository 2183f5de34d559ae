import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { KeptRunbook, RunbookStore } from '../../core/http/host.ts';

/** What the CDK app puts beside the code: the runbooks with what they name, and an index of names and files. */
const FOLDER = new URL('runbooks/', import.meta.url);
const INDEX = new URL('runbooks.json', import.meta.url);

const index = z.record(z.string(), z.string());

/** The runbooks that were deployed with the stack. */
export const keptRunbooks: RunbookStore = {
  names: async () => Object.keys(await files()).sort(),
  async read(name) {
    const found = await files();
    const file = Object.hasOwn(found, name) ? found[name] : undefined;
    return file === undefined ? undefined : readKept(new URL(file, FOLDER));
  },
};

async function files(): Promise<z.output<typeof index>> {
  return index.parse(JSON.parse(await readFile(INDEX, 'utf8')));
}

async function readKept(file: URL): Promise<KeptRunbook> {
  return {
    text: await readFile(file, 'utf8'),
    readBeside: (path) => readFileSync(new URL(path, file), 'utf8'),
  };
}
