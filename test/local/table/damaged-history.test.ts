import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LifeboatError } from '../../../core/errors.ts';
import { damagedItem } from '../../../core/jobs/table/checksum.ts';
import type { Job } from '../../../core/jobs/job.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { sampleJob } from '../../core/jobs/sample-job.ts';
import { temporaryHomes } from './temporary-home.ts';

const freshHome = temporaryHomes();
const NOTE = { at: '2026-08-10T12:00:00.000Z', type: 'noted', message: 'x'.repeat(200) };

/** What a history holds, as a reader sees it: the list, the records and the timelines. */
async function contentsOf(home: string): Promise<string> {
  const table = await openTable({ home });
  try {
    const store = createJobStore(table);
    const { jobs, damaged = [] } = await store.list({ by: 'all' }, { limit: 200 });
    for (const jobId of damaged) throw damagedItem(`Job ${jobId}`);
    const whole = jobs.map(async ({ jobId }) => [await store.get(jobId), await store.timeline(jobId)]);
    return JSON.stringify([jobs, await Promise.all(whole)]);
  } finally {
    await table.close();
  }
}

/** What processes tell each other while they have the history open; what is to be read follows from the other files. */
const OF_THE_MOMENT = /^history\.(?:db-shm|lock)$/;

/** Every file below a folder with its bytes, an empty log aside. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const all = await readdir(folder, { recursive: true });
  const names = all.filter((name) => !OF_THE_MOMENT.test(name));
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      const { size } = await stat(path);
      if (name === 'history.db-wal' && size === 0) return [];
      return (await stat(path)).isDirectory() ? [] : [[name, (await readFile(path)).toString('base64')]];
    }),
  );
  return Object.fromEntries(files.flat()) as Record<string, string>;
}

/** A history of three sessions, copied while the last has it open, as if that were killed: what it wrote is in the log. */
async function writeHistory(home: string): Promise<void> {
  const live = `${home}.live`;
  for (let session = 0; session < 3; session += 1) {
    const table = await openTable({ home: live });
    const store = createJobStore(table);
    for (let nth = 0; nth < 3; nth += 1) {
      const job: Job = sampleJob();
      await store.create(job);
      for (let event = 0; event < 4; event += 1) await store.append(job.jobId, NOTE);
    }
    if (session === 2) await cp(live, home, { recursive: true });
    await table.close();
  }
}

/** Reads a damaged home: refused with a file's name and without a change, or all that was there. */
async function expectSafe(home: string, whole: string): Promise<'refused' | 'whole'> {
  const before = await bytesOf(home);
  const outcome = await contentsOf(home).catch((error: unknown) => error);
  if (typeof outcome === 'string') {
    expect(outcome).toBe(whole);
    return 'whole';
  }
  expect(outcome).toBeInstanceOf(LifeboatError);
  // Damage within a record shows when that is read; all else shows when the history is opened.
  const { message, name, next } = outcome as LifeboatError;
  expect(message).toMatch(/^(?:Event \d+ of job|The record of job|Job) \w+|^The h/);
  if (message.startsWith('The h')) expect(message).toContain(home);
  if (name !== 'LocalHomeError')
    expect([name, next]).toEqual(['HistoryDamagedError', expect.stringContaining('backup')]);
  expect(await bytesOf(home)).toEqual(before);
  return 'refused';
}

const flip = async (path: string, at: number) => {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  await writeFile(path, bytes);
};
const DAMAGES: Readonly<Record<string, (path: string, size: number) => Promise<unknown>>> = {
  removed: (path) => rm(path),
  emptied: (path) => truncate(path, 0),
  'cut to half': (path, size) => truncate(path, Math.floor(size / 2)),
  'cut by a byte': (path, size) => truncate(path, Math.max(0, size - 1)),
  'changed at its beginning': (path) => flip(path, 0),
  'changed in its middle': (path, size) => flip(path, Math.floor(size / 2)),
  'changed at its end': (path, size) => flip(path, Math.max(0, size - 1)),
  'replaced by a folder': async (path) => {
    await rm(path);
    await mkdir(path);
  },
  'filled with something else': (path) => writeFile(path, 'something else\n'),
};

describe('a history with a damaged file', () => {
  let original: string;
  let whole: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeboat-history-'));
    original = join(folder, 'home');
    await writeHistory(original);
    await cp(original, `${original}.read`, { recursive: true });
    whole = await contentsOf(`${original}.read`);
    await mkdir(join(original, 'reports'));
    await writeFile(join(original, 'reports', 'J.html'), 'a report');
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function copied(): Promise<string> {
    const home = await freshHome();
    await cp(original, home, { recursive: true });
    return home;
  }

  it.each(Object.keys(DAMAGES))('that is %s is refused unchanged, or all is read', async (damage) => {
    for (const name of ['history.db', 'history.db-wal']) {
      const home = await copied();
      const path = join(home, name);
      await DAMAGES[damage]?.(path, (await stat(path)).size);
      expect([name, await expectSafe(home, whole)]).toEqual([name, expectedOf(damage, name)]);
    }
  });

  /** What is at the end of the log may be of pages that were written again; then all is read. */
  function expectedOf(damage: string, name: string): unknown {
    return name === 'history.db' && !damage.includes('changed') ? 'refused' : (expect.any(String) as unknown);
  }

  it('is found in whichever byte of a file it is, or nothing is missing', async () => {
    for (const name of ['history.db', 'history.db-wal']) {
      const { size } = await stat(join(original, name));
      for (let nth = 0; nth < 40; nth += 1) {
        const home = await copied();
        await flip(join(home, name), Math.floor(((nth + 0.3) / 40) * size));
        await expectSafe(home, whole);
      }
    }
  });

  it('whose log is missing is refused', async () => {
    const home = await copied();
    await rm(join(home, 'history.db-wal'));
    await rm(join(home, 'history.db-shm'), { force: true });
    const error: unknown = await contentsOf(home).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'HistoryDamagedError' });
    expect((error as Error).message).toMatch(/history\.db-wal: \d+ writes were made, and it holds \d+\.$/);
  });

  it('whose marker is lost is read, and has one again', async () => {
    const home = await copied();
    await rm(join(home, 'history.json'));
    expect(await contentsOf(home)).toBe(whole);
    expect(await readdir(home)).toContain('history.json');
  });

  it('that is the database of another program is refused', async () => {
    const home = await copied();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(home, `history.db${suffix}`), { force: true });
    const other = new Sqlite(join(home, 'history.db'));
    other.exec('CREATE TABLE cookies (name TEXT)');
    other.close();
    expect(await expectSafe(home, whole)).toBe('refused');
  });

  it.each(['schedules.json', join('reports', 'J.html'), join('simulator', 'J.json')])(
    'of an earlier version is known by %s when it is gone',
    async (trace) => {
      const home = await freshHome();
      await mkdir(join(home, trace, '..'), { recursive: true });
      await writeFile(join(home, trace), '{}');
      await expect(contentsOf(home)).rejects.toThrow(join(home, trace));
      expect(await readdir(home)).not.toContain('history.db');
    },
  );

  it('that another history was put in the place of is refused', async () => {
    const home = await copied();
    const other = await freshHome();
    const table = await openTable({ home: other });
    await createJobStore(table).create(sampleJob());
    await table.close();
    for (const suffix of ['-wal', '-shm']) await rm(join(home, `history.db${suffix}`), { force: true });
    await rename(join(other, 'history.db'), join(home, 'history.db'));
    expect(await expectSafe(home, whole)).toBe('refused');
  });

  it('goes on after a process that was killed within a write', async () => {
    const home = await copied();
    const log = join(home, 'history.db-wal');
    const bytes = await readFile(log);
    await appendFile(log, bytes.subarray(0, 3_000));
    expect(await contentsOf(home)).toBe(whole);
  });

  it('goes on after a process that was killed while it made the history', async () => {
    const home = await freshHome();
    await mkdir(home, { recursive: true });
    for (const name of ['history.db.new', 'history.lock']) await writeFile(join(home, name), '');
    expect(await contentsOf(home)).toBe('[[],[]]');
  });
});
