import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LifeboatError } from '../../../core/errors.ts';
import { HistoryUnavailableError } from '../../../core/jobs/errors.ts';
import { homeError, LocalHomeError } from '../../../local/table/local-home.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { temporaryHomes } from './temporary-home.ts';

const freshHome = temporaryHomes();
const openingFails = async (home: string) => {
  const error: unknown = await openTable({ home }).then(
    (table) => table.close(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LifeboatError);
  return error as LifeboatError;
};

describe('a home that cannot be used', () => {
  it('is said to be no folder when it is a file', async () => {
    const home = await freshHome();
    await writeFile(home, 'a file');
    const error = await openingFails(home);
    expect(error).toMatchObject({ name: 'LocalHomeError', retryable: false });
    expect(error.message).toBe(`The home of Lifeboat, ${home}, is not a folder.`);
    expect(error.next).toBe('Set LIFEBOAT_HOME to a folder that you may write to.');
  });

  it('is said to be no folder when it lies under a file', async () => {
    const home = await freshHome();
    await writeFile(home, 'a file');
    expect((await openingFails(join(home, 'deeper'))).message).toContain('is not a folder');
  });

  it('is named with the reason when the system does not let it be made', async () => {
    expect((await openingFails('/proc/lifeboat-home')).message).toMatch(
      /^The home of Lifeboat, \/proc\/lifeboat-home, cannot be used: \w+/,
    );
  });

  it('is named when the place of the history is taken by a folder', async () => {
    const home = await freshHome();
    await mkdir(join(home, 'history.db'), { recursive: true });
    expect((await openingFails(home)).message).toContain(home);
    // And it says the same again: nothing was left locked.
    expect((await openingFails(home)).message).toContain(home);
  });

  it('can be used once what was in the way is gone', async () => {
    const home = await freshHome();
    await writeFile(dirname(home) + '/file', '');
    await openingFails(dirname(home) + '/file');
    const table = await openTable({ home });
    await table.close();
  });
});

describe('homeError', () => {
  const system = (code: string, message: string) => Object.assign(new Error(message), { code });

  it.each([
    system('ENOSPC', 'no space left on device, write'),
    system('SQLITE_FULL', 'database or disk is full'),
    system('EDQUOT', 'disk quota exceeded, write'),
  ])('calls a full disk by its name: %s', (error) => {
    const full = homeError(error, '/home');
    expect(full).toBeInstanceOf(HistoryUnavailableError);
    expect(full.message).toBe('The disk that holds /home is full: the history cannot be written.');
    expect(full.retryable).toBe(true);
    // There may be no job yet; whoever runs one tells how to go on with it.
    expect(full.next).toBe('Make room on that disk.');
  });

  it('tells of a missing permission in one plain sentence', () => {
    const denied = system('EACCES', "EACCES: permission denied, mkdir '/home'");
    expect(homeError(denied, '/home').message).toBe(
      'The home of Lifeboat, /home, cannot be used: permission denied.',
    );
  });

  it('tells of a disk that fails, in which SQLite includes quotas', () => {
    const error = homeError(system('SQLITE_IOERR_WRITE', 'disk I/O error'), '/home');
    expect(error).toBeInstanceOf(HistoryUnavailableError);
    expect(error.message).toContain('a quota');
  });

  it('tells of a lock that another process keeps', () => {
    const error = homeError(system('SQLITE_BUSY', 'database is locked'), '/home');
    expect(error).toMatchObject({ name: 'HistoryUnavailableError', retryable: true });
    expect(error.message).toContain('Another process');
  });

  it.each(['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB'])('calls %s damage', (code) => {
    const error = homeError(system(code, 'database disk image is malformed'), '/home');
    expect(error).toMatchObject({ name: 'HistoryDamagedError', retryable: false });
    expect(error.message).toContain('/home/history.db');
  });

  it('tells of a missing permission as SQLite does', () => {
    const error = homeError(system('SQLITE_READONLY', 'attempt to write a readonly database'), '/home');
    expect(error).toBeInstanceOf(LocalHomeError);
    expect(error.message).toContain('attempt to write a readonly database');
  });
});
