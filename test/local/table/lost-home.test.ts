import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { openTable, type OpenTable } from '../../../local/table/open-table.ts';
import { sampleJob } from '../../core/jobs/sample-job.ts';
import { temporaryHomes } from './temporary-home.ts';

const freshHome = temporaryHomes();

/** A history that is open twice. */
async function twoWriters(): Promise<{ home: string; tables: readonly OpenTable[] }> {
  const home = await freshHome();
  const tables = [await openTable({ home }), await openTable({ home })];
  await createJobStore(tables[1]!).create(sampleJob());
  return { home, tables };
}

const LOSSES: Readonly<Record<string, (home: string) => Promise<unknown>>> = {
  'its home was removed': (home) => rm(home, { recursive: true }),
  'its home was removed and made again': async (home) => {
    await rm(home, { recursive: true });
    await mkdir(home);
  },
  'its home was moved away': (home) => rename(home, `${home}.moved`),
  'its home was replaced by a copy': async (home) => {
    await cp(home, `${home}.copy`, { recursive: true });
    await rename(home, `${home}.moved`);
    await rename(`${home}.copy`, home);
    await rm(join(home, 'history.json'));
  },
  'its file was removed': (home) => rm(join(home, 'history.db')),
  'its log was removed': (home) => rm(join(home, 'history.db-wal')),
};

describe('a history that is taken away from a process', () => {
  it.each(Object.keys(LOSSES))('fails every write and read once %s', async (loss) => {
    const { home, tables } = await twoWriters();
    await LOSSES[loss]?.(home);
    for (const table of [...tables, ...tables]) {
      const store = createJobStore(table);
      const error = { name: 'HistoryLostError', retryable: false };
      await expect(store.create(sampleJob())).rejects.toMatchObject(error);
      await expect(store.list({ by: 'all' }, { limit: 5 })).rejects.toMatchObject(error);
    }
    await Promise.all(tables.map((table) => table.close()));
    // Nothing is begun in its place.
    const left = await readdir(home).catch(() => []);
    if (/^its home was (?:removed|moved)/.test(loss)) expect(left).toEqual([]);
  });

  it('is found again when the home is put back', async () => {
    const { home, tables } = await twoWriters();
    await rename(home, `${home}.moved`);
    await expect(createJobStore(tables[0]!).create(sampleJob())).rejects.toMatchObject({
      name: 'HistoryLostError',
    });
    await rename(`${home}.moved`, home);
    await createJobStore(tables[0]!).create(sampleJob());
    const { jobs } = await createJobStore(tables[1]!).list({ by: 'all' }, { limit: 5 });
    expect(jobs.length).toBeGreaterThanOrEqual(2);
    await Promise.all(tables.map((table) => table.close()));
  });

  it('does not fail while its log is copied into its file', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    const store = createJobStore(table);
    // Beyond the 16 MB after which that is done, twice.
    const data = { padding: 'x'.repeat(380_000) };
    for (let nth = 0; nth < 90; nth += 1) {
      await store.append('J', { at: '2026-08-10T12:00:00.000Z', type: 'noted', message: `${nth}`, data });
    }
    expect((await stat(join(home, 'history.db'))).size).toBeGreaterThan(16e6);
    expect((await stat(join(home, 'history.db-wal'))).size).toBeLessThan(17e6);
    expect(await store.timeline('J')).toHaveLength(90);
    await table.close();
  });
});
