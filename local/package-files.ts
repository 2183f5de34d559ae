import { existsSync, readFileSync } from 'node:fs';

/**
 * A file that ships beside the code, found both from a checkout (`local/…`) and from the built package (`dist/local/…`).
 */
function packageFile(path: string): URL {
  const beside = new URL(`../${path}`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../${path}`, import.meta.url);
}

/** The version of this package. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };
  return version;
}
