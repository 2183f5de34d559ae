import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../core/jobs/chain.ts';
import { HistoryDamagedError } from '../../../core/jobs/errors.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { ownStartTime } from '../../../local/processes.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { sampleJob } from '../../core/jobs/sample-job.ts';
import { temporaryHomes } from '../table/temporary-home.ts';

const freshHome = temporaryHomes();

/** Homes as the version of Lifeboat before SQLite wrote them: three jobs in three sessions. */
const OLD_HOMES = fileURLToPath(new URL('./old-homes/', import.meta.url));

async function oldHome(name = 'whole'): Promise<string> {
  const home = await freshHome();
  await cp(join(OLD_HOMES, name), home, { recursive: true });
  return home;
}

/** Every file of an old history with its bytes. */
async function bytesOf(home: string): Promise<Record<string, string>> {
  const names = await readdir(join(home, 'table'));
  const files = names.map(
    async (name) => [name, await readFile(join(home, 'table', name), 'base64')] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

describe('a home of an earlier version', () => {
  it('is copied with all that it holds, once, and stays as it is', async () => {
    const home = await oldHome();
    const before = await bytesOf(home);
    const marker = await readFile(join(home, 'history.json'), 'utf8');
    for (const time of ['first', 'second']) {
      const table = await openTable({ home });
      const store = createJobStore(table);
      const { jobs } = await store.list({ by: 'all' }, { limit: 10 });
      expect(jobs).toHaveLength(time === 'first' ? 3 : 4);
      for (const { jobId } of jobs.slice(-3)) {
        expect((await store.get(jobId)).version).toBe(2);
        const timeline = await store.timeline(jobId);
        expect(timeline.map(({ message }) => message)).toEqual(['The first.', 'The second.']);
        expect(verifyChain(timeline)).toMatchObject({ ok: true, count: 2 });
      }
      expect(await store.lease('p/c1')).toMatchObject({ owner: jobs.at(-2)?.jobId });
      await store.create(sampleJob());
      await table.close();
    }
    expect(await bytesOf(home)).toEqual(before);
    expect(await readFile(join(home, 'history-leveldb.json'), 'utf8')).toBe(marker);
    // By its format, which earlier versions do not know, they refuse the home.
    expect(await readFile(join(home, 'history.json'), 'utf8')).toMatch(/^\{"format":2,/);
  });

  it.each(['missing', 'cut', 'changed'])(
    'with a file that is %s is refused and stays as it is',
    async (damage) => {
      for (const name of await readdir(join(OLD_HOMES, 'whole', 'table'))) {
        if (name === 'LOCK') continue;
        const home = await oldHome();
        const path = join(home, 'table', name);
        const bytes = await readFile(path);
        bytes[Math.floor(bytes.length / 2)]! ^= 1;
        if (damage === 'missing') await rm(path);
        else await writeFile(path, damage === 'cut' ? bytes.subarray(0, bytes.length - 1) : bytes);
        const before = await bytesOf(home);
        const error: unknown = await openTable({ home }).catch((reason: unknown) => reason);
        expect([name, error]).toEqual([name, expect.any(HistoryDamagedError)]);
        expect(await bytesOf(home)).toEqual(before);
        expect((await readdir(home)).sort()).toEqual(['history.json', 'history.lock', 'table']);
      }
    },
  );

  it('with a timeline that was changed is refused by the name of its job', async () => {
    const home = await oldHome('broken-chain');
    await expect(openTable({ home })).rejects.toMatchObject({
      name: 'HistoryDamagedError',
      message: expect.stringMatching(/timeline of job \w+ is broken: Event 1 was changed/) as string,
    });
    expect(await readdir(home)).not.toContain('history.db');
  });

  it('that a process still uses is left to it', async () => {
    const home = await oldHome();
    const card = { pid: process.pid, startTime: await ownStartTime(), port: 1, accessKeyId: 'k' };
    await writeFile(join(home, 'table.json'), JSON.stringify(card));
    await expect(openTable({ home })).rejects.toMatchObject({
      name: 'HistoryUnavailableError',
      message: expect.stringContaining(`Process ${process.pid}`) as string,
    });
    expect(await readdir(home)).not.toContain('history.db');
  });

  it('is copied again after a process that was killed before it had put up the new marker', async () => {
    const home = await oldHome();
    const marker = await readFile(join(home, 'history.json'));
    await (await openTable({ home })).close();
    await writeFile(join(home, 'history.json'), marker);
    const table = await openTable({ home });
    expect((await createJobStore(table).list({ by: 'all' }, { limit: 10 })).jobs).toHaveLength(3);
    await createJobStore(table).create(sampleJob());
    await table.close();
    // Once something was written to it, it is never made again.
    await writeFile(join(home, 'history.json'), marker);
    const { size } = await stat(join(home, 'history.db'));
    await expect(openTable({ home })).rejects.toMatchObject({ name: 'HistoryDamagedError' });
    expect((await stat(join(home, 'history.db'))).size).toBe(size);
  });

  it('is not made anew when the new history is gone', async () => {
    const home = await oldHome();
    await (await openTable({ home })).close();
    await rm(join(home, 'history.db'));
    await expect(openTable({ home })).rejects.toMatchObject({
      name: 'HistoryDamagedError',
      message: expect.stringContaining('history.db is missing') as string,
    });
  });
});
