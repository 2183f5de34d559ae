import { relative } from 'node:path';

/** A path as it is shortest to type from the current folder. */
export function shorter(path: string): string {
  const fromHere = relative('', path);
  return fromHere.startsWith('..') ? path : fromHere;
}
