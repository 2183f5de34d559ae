import { readFileSync } from 'node:fs';

/** A file of the examples, which runbooks may name. */
export function readExample(path: string): string {
  return readFileSync(new URL(`../../../examples/${path}`, import.meta.url), 'utf8');
}
