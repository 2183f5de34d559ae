import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LifeboatError } from '../../core/errors.ts';
import { prepareHome } from '../table/local-home.ts';

/** The token of `lifeboat serve` can't be used. */
export class ServeTokenError extends LifeboatError {
  override readonly name = 'ServeTokenError';
  override readonly retryable = false;
}

/** Where the token of a home is kept. */
export function tokenFile(home: string): string {
  return join(home, 'serve-token');
}

/** The token of a home; undefined when none was made yet. */
export async function readToken(home: string): Promise<string | undefined> {
  try {
    return (await readFile(tokenFile(home), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The token of a home, which is made the first time: 256 random bits, in a file that only its owner can read.
 *
 * @throws ServeTokenError when others can read it, or it is too short to be one; LocalHomeError
 */
export async function ensureToken(home: string): Promise<string> {
  await prepareHome(home);
  const file = tokenFile(home);
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await refuseReadable(file);
  }
  const token = (await readToken(home)) ?? '';
  if (token.length < 40) throw unusable(file, 'is too short to be one of ours');
  return token;
}

/** Whether a token is the right one. It takes the same time whichever it is. */
export function isToken(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Who could read it may have kept it. */
async function refuseReadable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) throw unusable(file, 'can be read by others than its owner');
}

function unusable(file: string, why: string): ServeTokenError {
  return new ServeTokenError(`The token in ${file} ${why}.`, {
    changed: 'Nothing was begun.',
    next: 'Delete the file; the next start makes a new token.',
  });
}
