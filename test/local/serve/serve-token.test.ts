import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  ensureToken,
  isToken,
  readToken,
  ServeTokenError,
  tokenFile,
} from '../../../local/serve/serve-token.ts';

async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'lifeboat-token-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  return home;
}

it('makes a token the first time, for its owner alone, and keeps it', async () => {
  const home = await temporaryHome();
  expect(await readToken(home)).toBeUndefined();
  const token = await ensureToken(home);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect((await stat(tokenFile(home))).mode & 0o777).toBe(0o600);
  expect(await ensureToken(home)).toBe(token);
  expect(await readToken(home)).toBe(token);
  expect(await ensureToken(await temporaryHome())).not.toBe(token);
});

it('gives two processes that start at once the same token', async () => {
  const home = await temporaryHome();
  await ensureToken(home);
  const [one, other] = await Promise.all([ensureToken(home), ensureToken(home)]);
  expect(one).toBe(other);
});

it('refuses a token that others can read, or that is none', async () => {
  const home = await temporaryHome();
  await ensureToken(home);
  await chmod(tokenFile(home), 0o644);
  await expect(ensureToken(home)).rejects.toThrow(ServeTokenError);
  await writeFile(tokenFile(home), '\n');
  await chmod(tokenFile(home), 0o600);
  await expect(ensureToken(home)).rejects.toThrow(/too short/);
});

it('takes no other token, whatever its length', () => {
  expect(isToken('abc', 'abc')).toBe(true);
  for (const wrong of ['', 'ab', 'abd', 'abcd', 'ABC']) expect(isToken(wrong, 'abc')).toBe(false);
});
