import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, posix, relative } from 'node:path';
import { parseRunbook } from '../core/runbooks/parse-runbook.ts';
import type { Runbook } from '../core/runbooks/schema.ts';
import type { callersOf } from './config.ts';

type Callers = ReturnType<typeof callersOf>;

/** A runbook that is deployed with the stack. */
export interface DeployedRunbook {
  /** Its file within the folder. */
  readonly file: string;
  readonly runbook: Runbook;
  /** The files within the folder that it names: relative to the folder, with slashes. */
  readonly beside: readonly string[];
}

/**
 * Reads and checks the runbooks of a folder: every YAML file in it is one. The files that they name have to be in the folder,
 * or in a folder within.
 *
 * @param callers how the callers of the installation are identified.
 * @throws RunbookError with every mistake of a runbook; Error when two have one name, or one is a link out of the folder.
 */
export function readRunbooks(folder: string, callers?: Callers): DeployedRunbook[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const runbooks = files.map((file) => readRunbook(folder, file, callers));
  for (const { file, runbook } of runbooks) {
    const twin = runbooks.find((other) => other.file !== file && other.runbook.name === runbook.name);
    if (twin === undefined) continue;
    throw new Error(
      `The runbooks ${file} and ${twin.file} are both named ${runbook.name}: schedules and callers could not tell them apart.`,
    );
  }
  return runbooks;
}

function readRunbook(folder: string, file: string, callers: Callers | undefined): DeployedRunbook {
  const beside = new Set<string>();
  const text = readWithin(folder, file);
  const readBeside = (path: string) => {
    const content = readWithin(folder, path);
    beside.add(posix.normalize(path));
    return content;
  };
  const runbook = parseRunbook(text, join(folder, file), readBeside, callers);
  return { file, runbook, beside: [...beside].sort() };
}

/** The content of a file in the folder. Neither `..` nor a link leads out of it: what is read here is published with the stack. */
function readWithin(folder: string, path: string): string {
  const root = realpathSync(folder);
  const file = realpathSync(join(root, path));
  const inside = relative(root, file);
  if (inside.split(/[\\/]/)[0] === '..' || isAbsolute(inside))
    throw new Error(`${path} is outside of the folder of the runbooks`);
  return readFileSync(file, 'utf8');
}
