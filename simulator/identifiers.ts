import { createHash } from 'node:crypto';
import { seededRandom } from '../core/random.ts';

/** The first `length` hexadecimal digits of a hash of `text`; at most 64. */
export function hashHex(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/**
 * An ObjectId as Atlas gives them: 24 hexadecimal digits, of which the first eight are the second it was made in.
 *
 * @param epochMilliseconds when it was made.
 * @param salt what tells it from others of that second; the same salt gives the same identifier.
 */
export function objectId(epochMilliseconds: number, salt: string): string {
  const seconds = Math.floor(epochMilliseconds / 1000);
  return seconds.toString(16).padStart(8, '0').slice(-8) + hashHex(salt, 16);
}

/** A number in [0, 1) that follows from the seed and the purpose alone, so that a reload does not draw anew. */
export function drawFor(seed: number, purpose: string): number {
  return seededRandom(Number.parseInt(hashHex(`${seed}/${purpose}`, 8), 16)).next();
}
