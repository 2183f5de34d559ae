import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../core/jobs/chain.ts';
import { HistoryUnavailableError } from '../../../core/jobs/errors.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { sampleJob } from '../../core/jobs/sample-job.ts';
import { temporaryHomes } from './temporary-home.ts';

const freshHome = temporaryHomes();
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const note = (message: string) => ({ at: '2026-08-10T12:00:00.000Z', type: 'noted', message });

describe('openTable', () => {
  it('makes a home that nobody else can look into', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    expect(await modeOf(home)).toBe('700');
    await createJobStore(table).create(sampleJob());
    for (const name of await readdir(home))
      expect([name, await modeOf(join(home, name))]).toEqual([name, '600']);
    await table.close();
  });

  it('finds the history again, in one file', async () => {
    const home = await freshHome();
    const job = sampleJob();
    const first = await openTable({ home });
    await createJobStore(first).create(job);
    await first.close();
    for (const suffix of ['-wal', '-shm']) await rm(join(home, `history.db${suffix}`), { force: true });
    const second = await openTable({ home });
    const store = createJobStore(second);
    expect(await store.get(job.jobId)).toEqual(job);
    expect((await store.list({ by: 'all' }, { limit: 10 })).jobs).toHaveLength(1);
    await second.close();
  });

  it('may be opened many times in one process; when one closes, the others go on', async () => {
    const home = await freshHome();
    const tables = await Promise.all([1, 2, 3, 4].map(() => openTable({ home })));
    for (const [nth, table] of tables.entries()) {
      await Promise.all(tables.slice(nth).map((open) => createJobStore(open).append('J', note(`${nth}`))));
      await table.close();
    }
    const last = await openTable({ home });
    expect(verifyChain(await createJobStore(last).timeline('J'))).toMatchObject({
      ok: true,
      count: 4 + 3 + 2 + 1,
    });
    await last.close();
  });

  it('finishes what is under way before it closes', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    const jobs = Array.from({ length: 30 }, () => sampleJob());
    const creating = Promise.all(jobs.map((job) => createJobStore(table).create(job)));
    await Promise.all([creating, table.close()]);
    const next = await openTable({ home });
    expect((await createJobStore(next).list({ by: 'all' }, { limit: 100 })).jobs).toHaveLength(30);
    await next.close();
  });

  it('makes one history when many open a new home at the same time', async () => {
    const home = await freshHome();
    const tables = await Promise.all(Array.from({ length: 8 }, () => openTable({ home })));
    for (const table of tables) await createJobStore(table).create(sampleJob());
    for (const table of tables)
      expect((await createJobStore(table).list({ by: 'all' }, { limit: 10 })).jobs).toHaveLength(8);
    await Promise.all(tables.map((table) => table.close()));
  });

  it('fails calls after it was closed, instead of taking the history back', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    await table.close();
    await expect(createJobStore(table).get('J')).rejects.toThrow(HistoryUnavailableError);
    const next = await openTable({ home });
    await next.close();
  });
});
