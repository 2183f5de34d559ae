import fc from 'fast-check';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../../core/jobs/chain.ts';
import type { JobStore } from '../../../../core/jobs/store.ts';
import type { Table } from '../../../../core/jobs/table/table.ts';
import { ANYWAY, TABLES, useTable } from '../../../support/tables.ts';
import { NOW } from '../sample-job.ts';

describe.each(TABLES)('the history in %s', (_name, openTable) => {
  let table: Table;
  let store: JobStore;
  useTable(openTable, (opened, made) => {
    table = opened;
    store = made;
  });

  const event = (message: string, once?: string) => ({
    at: NOW,
    type: 'noted',
    message,
    ...(once === undefined ? {} : { once }),
  });

  describe('append and timeline', () => {
    it('gives an empty timeline for a job without events', async () => {
      expect(await store.timeline(ulid())).toEqual([]);
    });

    it('keeps order past the tenth event, and gives back what append gave', async () => {
      const jobId = ulid();
      const appended = [];
      for (let nth = 1; nth <= 12; nth += 1) appended.push(await store.append(jobId, event(`${nth}`)));
      expect(await store.timeline(jobId)).toEqual(appended);
      expect(appended.map((one) => one.sequence)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    });

    it('makes one chain without a gap of 24 racing appends, equal ones included', async () => {
      const jobId = ulid();
      await Promise.all(Array.from({ length: 24 }, (_, nth) => store.append(jobId, event(`${nth % 12}`))));
      const events = await store.timeline(jobId);
      expect(verifyChain(events)).toMatchObject({ ok: true, count: 24 });
      expect(new Set(events.map((one) => one.message)).size).toBe(12);
    });

    it('writes an event with a key once, however many deliver it at the same time', async () => {
      const jobId = ulid();
      await store.append(jobId, event('before'));
      const given = await Promise.all(
        Array.from({ length: 20 }, (_, nth) =>
          store.append(jobId, event(`delivery ${nth}`, 'restore-started')),
        ),
      );
      await store.append(jobId, event('after'));
      expect(await store.append(jobId, event('late', 'restore-started'))).toEqual(given[0]);
      expect(new Set(given.map((one) => one.hash)).size).toBe(1);
      const events = await store.timeline(jobId);
      expect(events.map((one) => one.message)).toEqual(['before', given[0]!.message, 'after']);
    });

    it('does not mix the keys of two jobs', async () => {
      const [one, other] = [ulid(), ulid()];
      await store.append(one, event('one', 'key'));
      expect((await store.append(other, event('other', 'key'))).message).toBe('other');
    });

    it('reads every page of a timeline longer than one answer of DynamoDB', async () => {
      const jobId = ulid();
      const long = 'x'.repeat(300_000);
      for (let nth = 0; nth < 5; nth += 1) await store.append(jobId, event(long));
      expect(verifyChain(await store.timeline(jobId))).toMatchObject({ ok: true, count: 5 });
    });

    it('brings back any event as it was hashed', async () => {
      const value = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
      );
      const jobId = ulid();
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary' }),
          fc.dictionary(fc.string(), value),
          async (message, data) => {
            await store.append(jobId, { ...event(message), data });
          },
        ),
        { numRuns: 40 },
      );
      expect(verifyChain(await store.timeline(jobId))).toMatchObject({ ok: true, count: 40 });
    });

    it('shows an event that was rewritten in the table', async () => {
      const jobId = ulid();
      for (const message of ['a', 'b', 'c']) await store.append(jobId, event(message));
      const [, second] = await store.timeline(jobId);
      const forged = { ...second, message: 'nothing happened' };
      const item = { pk: `JOB#${jobId}`, sk: 'EVENT#00000002', document: JSON.stringify(forged) };
      await table.putItem(item, ANYWAY);
      expect(verifyChain(await store.timeline(jobId))).toMatchObject({ ok: false, sequence: 2 });
    });

    it('takes nothing after the end of its job but that people were notified, or decided too late', async () => {
      const jobId = ulid();
      await store.append(jobId, event('first'));
      const end = await store.append(jobId, { ...event('end', 'job-ended'), type: 'job-failed' });
      const refused = { name: 'JobClosedError', retryable: false };
      await expect(store.append(jobId, event('late'))).rejects.toMatchObject(refused);
      await expect(store.append(jobId, event('late', 'step-verify/a'))).rejects.toMatchObject(refused);
      for (const type of ['notice-sent', 'approval-refused']) {
        await store.append(jobId, { ...event(type), type });
        await expect(store.append(jobId, event('later'))).rejects.toMatchObject(refused);
      }
      // What was written before is found as ever, the end itself included.
      expect(await store.append(jobId, { ...event('end', 'job-ended'), type: 'job-succeeded' })).toEqual(end);
      const types = (await store.timeline(jobId)).map(({ type }) => type);
      expect(types).toEqual(['noted', 'job-failed', 'notice-sent', 'approval-refused']);
    });

    it('lets no event in behind an end that is written at the same moment', async () => {
      for (let round = 0; round < 10; round += 1) {
        const jobId = ulid();
        const writes = Array.from({ length: 8 }, (_, nth) => store.append(jobId, event(`${nth}`)));
        writes.push(store.append(jobId, { ...event('end', 'job-ended'), type: 'job-failed' }));
        const outcomes = await Promise.allSettled(writes);
        const written = outcomes.filter(({ status }) => status === 'fulfilled').length;
        const events = await store.timeline(jobId);
        expect(events).toHaveLength(written);
        expect(events.at(-1)?.type).toBe('job-failed');
      }
    });
  });
});
