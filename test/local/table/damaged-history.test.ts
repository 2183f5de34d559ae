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
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HistoryDamagedError } from '../../../core/jobs/errors.ts';
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
    const { jobs } = await store.list({ by: 'all' }, { limit: 200 });
    const whole = jobs.map(async ({ jobId }) => [await store.get(jobId), await store.timeline(jobId)]);
    return JSON.stringify([jobs, await Promise.all(whole)]);
  } finally {
    await table.close();
  }
}

/** Every file below a folder with its bytes. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const path = join(folder, name);
      return (await stat(path)).isDirectory() ? [] : [[name, (await readFile(path)).toString('base64')]];
    }),
  );
  return Object.fromEntries(files.flat()) as Record<string, string>;
}

/** A history of four sessions: tables, a log, a manifest of several entries. */
async function writeHistory(home: string): Promise<void> {
  for (let session = 0; session < 4; session += 1) {
    const table = await openTable({ home });
    const store = createJobStore(table);
    for (let nth = 0; nth < 3; nth += 1) {
      const job: Job = sampleJob();
      await store.create(job);
      for (let event = 0; event < 4; event += 1) await store.append(job.jobId, NOTE);
    }
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
  expect(outcome).toBeInstanceOf(HistoryDamagedError);
  expect((outcome as Error).message).toContain(home);
  expect((outcome as HistoryDamagedError).next).toContain('backup');
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

  it('holds every kind of file that LevelDB has', async () => {
    const kinds = (await readdir(join(original, 'table'))).map((name) => name.replace(/\d{6}/, 'N'));
    expect(new Set(kinds)).toEqual(
      new Set(['CURRENT', 'LOCK', 'LOG', 'LOG.old', 'MANIFEST-N', 'N.ldb', 'N.log']),
    );
  });

  it.each(Object.keys(DAMAGES))('that is %s is refused unchanged, or all is read', async (damage) => {
    for (const name of [...(await readdir(join(original, 'table'))), '../history.json']) {
      const home = await copied();
      const path = join(home, 'table', name);
      await DAMAGES[damage]?.(path, (await stat(path)).size);
      const isNeeded = /CURRENT|MANIFEST|\.ldb|\.log/.test(name);
      expect([name, await expectSafeOrLog(home, name)]).toEqual([
        name,
        isNeeded ? 'refused' : (expect.any(String) as string),
      ]);
    }
  });

  // A folder in the place of LevelDB's own lock or diary is told in its own words.
  async function expectSafeOrLog(home: string, name: string): Promise<string> {
    if (!/LOCK|LOG|history/.test(name)) return expectSafe(home, whole);
    return contentsOf(home).then(
      (read) => {
        expect(read).toBe(whole);
        return 'whole';
      },
      (error: unknown) => {
        expect(error).toHaveProperty('name', expect.stringMatching(/^(LocalHome|HistoryDamaged)Error$/));
        return 'refused';
      },
    );
  }

  it('is found in whichever byte of a data file it is', async () => {
    for (const name of await readdir(join(original, 'table'))) {
      if (!/MANIFEST|\.ldb|\.log/.test(name)) continue;
      const { size } = await stat(join(original, 'table', name));
      for (let nth = 0; nth < 12; nth += 1) {
        const home = await copied();
        await flip(join(home, 'table', name), Math.floor(((nth + 0.3) / 12) * size));
        await expectSafe(home, whole);
      }
    }
  });

  it('whose folder is gone, or is a file, is refused', async () => {
    const gone = await copied();
    await rm(join(gone, 'table'), { recursive: true });
    expect(await expectSafe(gone, whole)).toBe('refused');
    const file = await copied();
    await rm(join(file, 'table'), { recursive: true });
    await writeFile(join(file, 'table'), 'a file');
    await expect(contentsOf(file)).rejects.toThrow(file);
  });

  it.each(['schedules.json', join('reports', 'J.html'), join('simulator', 'J.json')])(
    'of an earlier version is known by %s when it is gone',
    async (trace) => {
      const home = await freshHome();
      await mkdir(join(home, trace, '..'), { recursive: true });
      await writeFile(join(home, trace), '{}');
      await expect(contentsOf(home)).rejects.toThrow(join(home, trace));
      expect(await readdir(home)).not.toContain('table');
    },
  );

  it('of an earlier version is taken over with all that it holds', async () => {
    const home = await copied();
    await rm(join(home, 'history.json'));
    expect(await expectSafe(home, whole)).toBe('whole');
    expect(await readdir(home)).toContain('history.json');
  });

  it('that another history was put in the place of is refused', async () => {
    const home = await copied();
    const other = await freshHome();
    const table = await openTable({ home: other });
    await table.close();
    await rm(join(home, 'table'), { recursive: true });
    await rename(join(other, 'table'), join(home, 'table'));
    expect(await expectSafe(home, whole)).toBe('refused');
  });

  it('goes on after a process that was killed within a write', async () => {
    const home = await copied();
    const log = (await readdir(join(home, 'table'))).find((name) => name.endsWith('.log')) ?? '';
    const bytes = await readFile(join(home, 'table', log));
    await appendFile(join(home, 'table', log), bytes.subarray(0, 100));
    expect(await expectSafe(home, whole)).toBe('whole');
  });

  it('goes on after a process that was killed while it made the history', async () => {
    const home = await freshHome();
    await mkdir(join(home, 'table'), { recursive: true });
    for (const name of ['LOCK', 'LOG', 'MANIFEST-000001']) await writeFile(join(home, 'table', name), '');
    expect(await contentsOf(home)).toBe('[[],[]]');
  });
});
