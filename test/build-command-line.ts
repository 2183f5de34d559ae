import { mkdir, rm, symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Beneath the project, so that packages are found. */
const CACHE = `${ROOT}node_modules/.cache/lifeboat-tests`;

declare module 'vitest' {
  export interface ProvidedContext {
    /** The command line as JavaScript. */
    readonly commandLine: string;
  }
}

/**
 * Makes the command line JavaScript once, before the tests that start it again and again: that takes half a second, and to
 * translate the sources takes as long for each process.
 */
export default async function buildCommandLine({ provide }: TestProject): Promise<() => Promise<void>> {
  // Of its own for each run: another may be under way.
  const folder = `${CACHE}/${process.pid}`;
  await mkdir(folder, { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: { 'cli/main': 'cli/main.ts' },
    outdir: `${folder}/dist`,
    bundle: true,
    packages: 'external',
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true,
    logLevel: 'warning',
  });
  // What the package ships beside its code.
  for (const name of ['package.json', 'workflows']) await symlink(`${ROOT}${name}`, `${folder}/${name}`);
  provide('commandLine', `${folder}/dist/cli/main.js`);
  return () => rm(folder, { recursive: true, force: true });
}
