import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** What ships beside the code, as package.json lists it. */
const SHIPPED = ['package.json', 'workflows', 'schemas'];

/** The package as npm installs it, in a folder of its own. */
export interface BuiltPackage {
  /** The file that the command `lifeboat` runs. */
  readonly main: string;
  /** For the homes of jobs. */
  readonly folder: string;
  remove(): void;
}

/** Builds the package. Its dependencies are those of this checkout. */
export function buildPackage(): BuiltPackage {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-bench-'));
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), join(folder, 'dist')], {
    stdio: 'inherit',
  });
  for (const name of SHIPPED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return {
    main: join(folder, 'dist/cli/main.js'),
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
