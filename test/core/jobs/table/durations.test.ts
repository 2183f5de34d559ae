import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import type { WorkClass } from '../../../../core/jobs/durations-store.ts';
import type { JobStore } from '../../../../core/jobs/store.ts';
import { createJobStore } from '../../../../core/jobs/table/job-store.ts';
import type { Table } from '../../../../core/jobs/table/table.ts';
import { ANYWAY, TABLES, useTable } from '../../../support/tables.ts';

describe.each(TABLES)('the history in %s', (_name, openTable) => {
  let table: Table;
  let store: JobStore;
  useTable(openTable, (opened, made) => {
    table = opened;
    store = made;
  });

  const work = (kind: string, sizeClass: number | null = null): WorkClass => ({
    operation: 'restore',
    kind,
    sizeClass,
  });
  const told = (seconds: number) => ({ afterSeconds: seconds, bySeconds: seconds });
  const secondsOf = async (one: WorkClass) =>
    (await store.durations(one)).own.map(({ bySeconds }) => bySeconds);

  async function teach(one: WorkClass, ...seconds: number[]): Promise<void> {
    for (const each of seconds) await store.learnDuration(one, ulid(), told(each));
  }

  describe('durations', () => {
    it('are empty where nothing was learnt', async () => {
      expect(await store.durations(work('new', 3))).toEqual({ own: [], smaller: [], larger: [] });
      expect(await store.durations(work('new'))).toEqual({ own: [] });
    });

    it('come back oldest first, those that were only seen with both ends', async () => {
      await teach(work('ordered'), 60, 70.4);
      await store.learnDuration(work('ordered'), ulid(), { afterSeconds: 30, bySeconds: 60 });
      expect((await store.durations(work('ordered'))).own).toEqual([
        told(60),
        told(70),
        { afterSeconds: 30, bySeconds: 60 },
      ]);
    });

    it('count a job once, however often and however many at the same time deliver it', async () => {
      const other = createJobStore(table);
      const learnt = await Promise.all(
        Array.from({ length: 20 }, (_, nth) =>
          (nth % 2 === 0 ? store : other).learnDuration(work('once'), 'job-1', told(100 + nth)),
        ),
      );
      expect(learnt).toEqual(learnt.map(() => true));
      await teach(work('once'), 7);
      await store.learnDuration(work('once'), 'job-1', told(999));
      expect(await secondsOf(work('once'))).toHaveLength(2);
    });

    it('lose none of 100 that end at the same time in ten processes', async () => {
      const stores = Array.from({ length: 10 }, () => createJobStore(table));
      const learnt = await Promise.all(
        Array.from({ length: 100 }, (_, nth) =>
          stores[nth % 10]!.learnDuration(work('raced'), `job-${nth}`, told(100 + nth)),
        ),
      );
      expect(learnt).toEqual(learnt.map(() => true));
      const sorted = (await secondsOf(work('raced'))).sort((one, another) => one - another);
      expect(sorted).toEqual(Array.from({ length: 100 }, (_, nth) => 100 + nth));
    });

    it('take few writes when 1,000 jobs end at once in one process', async () => {
      await Promise.all(
        Array.from({ length: 1_000 }, (_, nth) =>
          store.learnDuration(work('crowd'), `job-${nth}`, told(nth + 1)),
        ),
      );
      const item = await table.getItem({ pk: 'DURATIONS#restore/crowd', sk: 'SIZE#ANY' });
      expect(item?.version).toBeLessThanOrEqual(3);
    });

    it('keep the last 200, in less than one unit of reading', async () => {
      const one = work('bounded', 2);
      await Promise.all(
        Array.from({ length: 250 }, (_, nth) => store.learnDuration(one, `job-${nth}`, told(80_000 + nth))),
      );
      expect(await secondsOf(one)).toEqual(Array.from({ length: 200 }, (_, nth) => 80_050 + nth));
      const item = await table.getItem({ pk: 'DURATIONS#restore/bounded', sk: 'SIZE#02' });
      expect(JSON.stringify(item).length).toBeLessThan(4_096);
    });

    it('bring their neighbours in size along until there are enough', async () => {
      await teach(work('grown', 3), 200, 210);
      await teach(work('grown', 5), 900);
      await teach(work('grown', 4), 300, 310, 320, 330);
      const few = await store.durations(work('grown', 4));
      expect(few.smaller).toEqual([told(200), told(210)]);
      expect(few.larger).toEqual([told(900)]);
      await teach(work('grown', 4), 340);
      expect(await store.durations(work('grown', 4))).toEqual({
        own: [300, 310, 320, 330, 340].map(told),
      });
    });

    it.each([
      ['not JSON', { version: 4, document: '{' }],
      ['half of it nonsense', { version: 4, document: '[["abc",60],["x"],[1,2],["y",9,3],null]' }],
      ['without its version', { document: '[["abc",60]]' }],
      ['with words for a version', { version: 'four', document: '7' }],
    ])('that somebody damaged (%s) are left out and written over', async (what, damage) => {
      const one = work(what);
      await table.putItem({ pk: `DURATIONS#restore/${what}`, sk: 'SIZE#ANY', ...damage }, ANYWAY);
      const before = await secondsOf(one);
      expect(before.every((seconds) => seconds === 60)).toBe(true);
      expect(await store.learnDuration(one, ulid(), told(70))).toBe(true);
      expect(await secondsOf(one)).toEqual([...before, 70]);
    });

    it('are in no list of jobs', async () => {
      await teach(work('unlisted', 1), 60);
      expect((await store.list({ by: 'all' }, { limit: 10 })).jobs).toEqual([]);
    });
  });
});
