import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { DeployedRunbook } from './runbooks.ts';

/** A folder of runbooks, read. */
export interface RunbookFolder {
  readonly path: string;
  readonly runbooks: readonly DeployedRunbook[];
}

/** The bundle of a function, made by scripts/bundle-lambdas.ts. */
export function bundle(bundles: string, name: string): Code {
  return Code.fromAsset(join(bundles, name));
}

/** The bundle of a function, with the runbooks beside it in `runbooks/`, and an index of their names and files. */
export function bundleWithRunbooks(bundles: string, name: string, folder: RunbookFolder | undefined): Code {
  const staged = join(bundles, 'with-runbooks', name);
  rmSync(staged, { recursive: true, force: true });
  cpSync(join(bundles, name), staged, { recursive: true });
  const inside = join(staged, 'runbooks');
  if (folder !== undefined) cpSync(folder.path, inside, { recursive: true });
  const index = Object.fromEntries((folder?.runbooks ?? []).map(({ file, runbook }) => [runbook.name, file]));
  writeFileSync(join(staged, 'runbooks.json'), JSON.stringify(index));
  return Code.fromAsset(staged);
}
