import { randomInt } from 'node:crypto';

/** A seed for what is drawn: an unsigned 32-bit integer, kept where the draw must be repeatable. */
export function randomSeed(): number {
  return randomInt(0, 2 ** 32);
}
