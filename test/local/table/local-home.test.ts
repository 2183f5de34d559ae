import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LifeboatError } from '../../../core/errors.ts';
import { HistoryUnavailableError } from '../../../core/jobs/errors.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { homeError, LocalHomeError } from '../../../local/table/local-home.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { sampleJob } from '../../core/jobs/sample-job.ts';
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

  it('is named when the place of the history is taken by a file', async () => {
    const home = await freshHome();
    await mkdir(home);
    await writeFile(join(home, 'table'), 'a file');
    expect((await openingFails(home)).message).toContain(home);
    await expect(access(join(home, 'table.json'))).rejects.toThrow('ENOENT');
  });

  it.each(['CURRENT', 'MANIFEST'])(
    'is said to be damaged when LevelDB’s %s is not readable',
    async (name) => {
      const home = await freshHome();
      const table = await openTable({ home });
      await createJobStore(table).create(sampleJob());
      await table.close();
      const files = await readdir(join(home, 'table'));
      await writeFile(
        join(
          home,
          'table',
          files.find((file) => file.startsWith(name))!,
        ),
        'nonsense',
      );
      expect(await openingFails(home)).toMatchObject({
        name: 'HistoryDamagedError',
        message: expect.stringContaining(join(home, 'table', name)) as string,
      });
      // And it says the same again: nothing was left locked.
      await openingFails(home);
    },
  );

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
    system('LEVEL_IO_ERROR', 'IO error: /home/table/000005.log: No space left on device'),
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

  it('tells of a missing permission as LevelDB does', () => {
    const denied = system('LEVEL_IO_ERROR', 'IO error: /home/table/LOCK: Permission denied');
    const error = homeError(new Error('Database failed to open', { cause: denied }), '/home');
    expect(error).toBeInstanceOf(LocalHomeError);
    expect(error.message).toContain('/home/table/LOCK: Permission denied');
  });
});
