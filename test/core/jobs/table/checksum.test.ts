import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../../../core/jobs/table/item.ts';
import { createJobStore } from '../../../../core/jobs/table/job-store.ts';
import { createRequestStore } from '../../../../core/jobs/table/kept-requests.ts';
import { ANYWAY, TABLES, type OpenTable } from '../../../support/tables.ts';
import { NOW, sampleJob } from '../sample-job.ts';

describe.each(TABLES)('the history in %s', (_name, openTable) => {
  let table: Awaited<ReturnType<OpenTable>>;
  beforeAll(async () => {
    table = await openTable();
  });
  afterAll(() => table.close());

  async function raw(pk: string, sk: string): Promise<Item> {
    const item = await table.getItem({ pk, sk });
    if (item === undefined) throw new Error(`No item ${pk} ${sk}`);
    return item;
  }
  const put = (item: Item) => table.putItem(item, ANYWAY);

  /** The item with one bit of one attribute changed, in turn for each attribute that is no key. */
  function* flipped(item: Item): Generator<[string, Item]> {
    for (const [name, value] of Object.entries(item)) {
      if (['pk', 'sk', 'allJobs', 'sourceCluster', 'jobId', 'status', 'kind'].includes(name)) continue;
      const text = String(value);
      const middle = Math.floor(text.length / 2);
      const bit = String.fromCharCode(text.charCodeAt(middle) ^ 1);
      const changed = text.slice(0, middle) + bit + text.slice(middle + 1);
      yield [name, { ...item, [name]: typeof value === 'string' ? changed : Number(changed) }];
    }
  }

  describe('an item whose bits have changed', () => {
    it('is refused by name when it is the record of a job, an event, a lease or a request', async () => {
      const store = createJobStore(table);
      const requests = createRequestStore(table);
      const job = sampleJob();
      const { jobId } = job;
      await store.create(job);
      await store.append(jobId, { at: NOW, type: 'noted', message: 'First.' });
      const lease = { target: 'p/c', owner: jobId, expiresAt: '2026-08-10T13:00:00.000Z' };
      await store.takeLease(lease, NOW);
      const request = { key: 'k', bodyHash: 'b', jobId, expiresAt: '2026-08-10T13:00:00.000Z' };
      await requests.keep(request, NOW);
      const reads: readonly [string, string, string, () => Promise<unknown>][] = [
        [`JOB#${jobId}`, 'JOB', `The record of job ${jobId}`, () => store.get(jobId)],
        [`JOB#${jobId}`, 'EVENT#00000001', `Event 1 of job ${jobId}`, () => store.timeline(jobId)],
        ['LEASE#p/c', 'LEASE', 'The lease on p/c', () => store.lease('p/c')],
        ['LEASE#p/c', 'LEASE', 'The lease on p/c', () => store.takeLease({ ...lease, owner: 'other' }, NOW)],
        ['IDEMPOTENCY#k', 'IDEMPOTENCY', 'A request', () => requests.keep({ ...request, jobId: 'x' }, NOW)],
      ];
      for (const [pk, sk, name, read] of reads) {
        const item = await raw(pk, sk);
        for (const [attribute, changed] of flipped(item)) {
          // By when it lapses, a lease or a request is free: then it is written over.
          if (attribute === 'expiresAtMs' && sk !== 'JOB') continue;
          await put(changed);
          expect([attribute, await read().catch((error: unknown) => error)]).toEqual([
            attribute,
            expect.objectContaining({
              name: 'HistoryDamagedError',
              message: expect.stringContaining(name) as string,
            }),
          ]);
        }
        await put(item);
      }
    });

    it('stands in a list by its id, and the other jobs as ever', async () => {
      const own = await openTable();
      const store = createJobStore(own);
      const jobs = [sampleJob(), sampleJob(), sampleJob()];
      for (const job of jobs) await store.create(job);
      const damaged = jobs[1]!.jobId;
      const item = (await own.getItem({ pk: `JOB#${damaged}`, sk: 'JOB' }))!;
      const summary = String(item.summary).replace('PENDING', 'RUNNING');
      await own.putItem({ ...item, summary }, ANYWAY);
      const page = await store.list({ by: 'all' }, { limit: 10 });
      expect(page.damaged).toEqual([damaged]);
      expect(page.jobs.map(({ jobId }) => jobId).sort()).toEqual([jobs[0]!.jobId, jobs[2]!.jobId].sort());
      expect(JSON.stringify(page.jobs)).not.toContain('checksum');
      await own.close();
    });

    it('of an earlier version has no checksum, and is read, listed and written with one', async () => {
      const store = createJobStore(table);
      const job = sampleJob();
      await store.create(job);
      const { checksum, ...item } = await raw(`JOB#${job.jobId}`, 'JOB');
      expect(checksum).toBeDefined();
      const summary = { ...(JSON.parse(String(item.summary)) as object), checksum: undefined };
      await put({ ...item, summary: JSON.stringify(summary) });
      const read = await store.get(job.jobId);
      expect(read).toEqual(job);
      const listed = await store.list({ by: 'status', status: job.status }, { limit: 200 });
      expect(listed.jobs.map(({ jobId }) => jobId)).toContain(job.jobId);
      await store.save(read);
      expect((await raw(`JOB#${job.jobId}`, 'JOB')).checksum).toMatch(/^[0-9a-f]{16}$/);
    });

    it('is written over when it is a lease that is given back and taken by another', async () => {
      const store = createJobStore(table);
      const lease = { target: 'p/given', owner: 'one', expiresAt: '2026-08-10T13:00:00.000Z' };
      await store.takeLease(lease, NOW);
      await store.giveBackLease('p/given', 'one');
      await store.takeLease({ ...lease, owner: 'two' }, NOW);
      expect(await store.lease('p/given')).toMatchObject({ owner: 'two' });
    });

    it('is left out and written over when it is what earlier work took', async () => {
      const store = createJobStore(table);
      const work = { operation: 'restore', kind: 'flip', sizeClass: null };
      const told = (seconds: number) => ({ afterSeconds: seconds, bySeconds: seconds });
      await store.learnDuration(work, 'a', told(60));
      const item = await raw('DURATIONS#restore/flip', 'SIZE#ANY');
      await put({ ...item, document: String(item.document).replace('60', '61') });
      expect((await store.durations(work)).own).toEqual([]);
      expect(await store.learnDuration(work, 'b', told(70))).toBe(true);
      expect((await store.durations(work)).own).toEqual([told(70)]);
    });
  });
});
