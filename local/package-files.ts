import { existsSync } from 'node:fs';

/**
 * A file that ships beside the code, found both from a checkout (`local/…`) and from the built package (`dist/local/…`).
 */
function packageFile(path: string): URL {
  const beside = new URL(`../${path}`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../${path}`, import.meta.url);
}

/** The workflow file of a kind of job. */
export function workflowFile(name: 'restore'): URL {
  return packageFile(`workflows/${name}.asl.yaml`);
}
