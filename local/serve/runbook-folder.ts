import { readFileSync, realpathSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { KeptRunbook, RunbookStore } from '../../core/http/host.ts';

/** Not `.json`: lists that runbooks name lie beside them. */
const ENDINGS = ['.yaml', '.yml'] as const;
/** What the API takes for a name. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/;

/** The runbooks in a folder, by the names of their files without the ending; read anew each time. */
export function runbookFolder(folder: string): RunbookStore {
  return {
    async names() {
      return [...(await filesIn(folder)).keys()].sort();
    },
    async read(name) {
      const file = (await filesIn(folder)).get(name);
      return file === undefined ? undefined : readKept(folder, file);
    },
  };
}

/** No runbooks at all. */
export function noRunbooks(): RunbookStore {
  return { names: () => Promise.resolve([]), read: () => Promise.resolve(undefined) };
}

/** Files by the names of their runbooks; of two with one name the first by its ending. */
async function filesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const found = new Map<string, string>();
  for (const ending of ENDINGS) {
    for (const file of files) {
      const name = file.slice(0, -ending.length);
      if (file.endsWith(ending) && NAME.test(name) && !found.has(name)) found.set(name, file);
    }
  }
  return found;
}

async function readKept(folder: string, file: string): Promise<KeptRunbook | undefined> {
  try {
    const text = await readFile(join(folder, file), 'utf8');
    return { text, readBeside: (path) => readWithin(folder, path) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A runbook may come from elsewhere by its overrides, so what it names has to be in the folder, whatever links say. */
function readWithin(folder: string, path: string): string {
  try {
    const root = realpathSync(folder);
    const file = realpathSync(join(root, path));
    const inside = relative(root, file);
    if (inside.split(/[\\/]/)[0] === '..' || isAbsolute(inside))
      throw new TypeError('it is outside of the folder');
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw new TypeError(code === 'ENOENT' ? 'it does not exist' : code, { cause: error });
  }
}
