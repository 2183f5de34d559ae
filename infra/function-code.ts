import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/**
 * The bundle of a function, with the runbooks and the files that they name beside it in `runbooks/`, and an index of both.
 * Nothing else of the folder is published.
 */
export function bundleWithRunbooks(bundles: string, name: string, folder: RunbookFolder | undefined): Code {
  const staged = join(bundles, 'with-runbooks', name);
  rmSync(staged, { recursive: true, force: true });
  cpSync(join(bundles, name), staged, { recursive: true });
  const inside = join(staged, 'runbooks');
  const kept = folder?.runbooks ?? [];
  const beside = [...new Set(kept.flatMap((one) => one.beside))];
  for (const file of [...kept.map((one) => one.file), ...beside]) {
    mkdirSync(dirname(join(inside, file)), { recursive: true });
    copyFileSync(join(folder?.path ?? '', file), join(inside, file));
  }
  const runbooks = Object.fromEntries(kept.map(({ file, runbook }) => [runbook.name, file]));
  writeFileSync(join(staged, 'runbooks.json'), JSON.stringify({ runbooks, beside }));
  return Code.fromAsset(staged);
}
