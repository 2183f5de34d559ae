import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseRunbook } from '../core/runbooks/parse-runbook.ts';
import type { Runbook } from '../core/runbooks/schema.ts';

/** A runbook that is deployed with the stack. */
export interface DeployedRunbook {
  /** Its file within the folder. */
  readonly file: string;
  readonly runbook: Runbook;
}

/**
 * Reads and checks the runbooks of a folder: every YAML file in it is one. Files in folders within are those that runbooks
 * name.
 *
 * @throws RunbookError with every mistake of a runbook; Error when two have one name.
 */
export function readRunbooks(folder: string): DeployedRunbook[] {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ name }) => name)
    .sort();
  const runbooks = files.map((file) => ({ file, runbook: readRunbook(join(folder, file)) }));
  for (const { file, runbook } of runbooks) {
    const twin = runbooks.find((other) => other.file !== file && other.runbook.name === runbook.name);
    if (twin === undefined) continue;
    throw new Error(
      `The runbooks ${file} and ${twin.file} are both named ${runbook.name}: schedules and callers could not tell them apart.`,
    );
  }
  return runbooks;
}

function readRunbook(path: string): Runbook {
  return parseRunbook(readFileSync(path, 'utf8'), path, (beside) =>
    readFileSync(resolve(dirname(path), beside), 'utf8'),
  );
}
