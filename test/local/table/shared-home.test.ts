import { afterEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../core/jobs/chain.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { temporaryHomes } from './temporary-home.ts';
import { startWriter, type Writer } from './writer-process.ts';

const freshHome = temporaryHomes();
const JOB = '01K2A0000000000000000000AA';

const writers: Writer[] = [];
const start = (...args: Parameters<typeof startWriter>) => {
  const writer = startWriter(...args);
  writers.push(writer);
  return writer;
};
afterEach(async () => {
  for (const writer of writers) writer.process.kill('SIGKILL');
  await Promise.all(writers.splice(0).map((writer) => writer.ended));
});

/** The timeline as it is on the disk, found whole. */
async function messages(home: string): Promise<string[]> {
  const table = await openTable({ home });
  const events = await createJobStore(table).timeline(JOB);
  await table.close();
  expect(verifyChain(events)).toMatchObject({ ok: true, count: events.length });
  return events.map((event) => event.message);
}

describe('processes that share a home', () => {
  it('write one timeline together and end by themselves, without a word on stderr', async () => {
    const home = await freshHome();
    const pair = ['a', 'b', 'c'].map((name) => start(home, JOB, name, { count: 15 }));
    expect(await Promise.all(pair.map((writer) => writer.ended))).toEqual([0, 0, 0]);
    expect(pair.map((writer) => writer.stderr())).toEqual(['', '', '']);
    const acknowledged = pair.flatMap((writer) => writer.lines());
    expect(acknowledged).toHaveLength(45);
    expect((await messages(home)).sort()).toEqual(acknowledged.sort());
  });

  it('go on when one of them is killed, and lose nothing that was acknowledged', async () => {
    const home = await freshHome();
    const first = start(home, JOB, 'first');
    await first.said(3);
    const others = ['b', 'c'].map((name) => start(home, JOB, name, { count: 40 }));
    await Promise.all(others.map((writer) => writer.said(3)));
    first.process.kill('SIGKILL');
    await first.ended;
    expect(await Promise.all(others.map((writer) => writer.ended))).toEqual([0, 0]);
    const acknowledged = [first, ...others].flatMap((writer) => writer.lines());
    const written = await messages(home);
    expect(written).toEqual(expect.arrayContaining(acknowledged));
    // What a killed process had sent and not yet heard about may be there; nothing else, and nothing twice.
    expect(new Set(written).size).toBe(written.length);
    expect(written.length - acknowledged.length).toBeLessThanOrEqual(1);
  });

  it('find every acknowledged event after each of several kills', async () => {
    const home = await freshHome();
    const acknowledged: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      const writer = start(home, JOB, name, { bytes: 5_000 });
      await writer.said(10);
      writer.process.kill('SIGKILL');
      await writer.ended;
      acknowledged.push(...writer.lines());
      expect(await messages(home)).toEqual(expect.arrayContaining(acknowledged));
    }
  });
});

describe('a disk that fills up', () => {
  it('is one clear sentence, and takes nothing away that was acknowledged', async () => {
    const home = await freshHome();
    const before = start(home, JOB, 'before', { count: 5 });
    expect(await before.ended).toBe(0);
    // Blocks are 512 or 1024 bytes, as the shell likes: less than an event in either case.
    const writer = start(home, JOB, 'full', { bytes: 300_000, fileBlocks: 200 });
    expect(await writer.ended).toBe(1);
    const said = writer.lines();
    const last = said.pop();
    expect(last).toMatch(
      /^HistoryUnavailableError: The history in .* could not be written: the disk has failed, or a quota/,
    );
    expect(writer.stderr()).toBe('');
    expect(said).toEqual([]);
    expect(await messages(home)).toEqual(before.lines());
  });
});
