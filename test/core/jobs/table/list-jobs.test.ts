import fc from 'fast-check';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadCursorError } from '../../../../core/jobs/errors.ts';
import type { JobSummary, RestoreJob } from '../../../../core/jobs/job.ts';
import { JOB_STATUSES } from '../../../../core/jobs/status.ts';
import type { JobFilter, JobStore } from '../../../../core/jobs/store.ts';
import { createJobStore } from '../../../../core/jobs/table/job-store.ts';
import { clusterName } from '../../../../core/runbooks/cluster.ts';
import { TABLES, type OpenTable } from '../../../support/tables.ts';
import { sampleJob, sampleRunbook } from '../sample-job.ts';

const COUNT = 320;
const EPOCH = Date.UTC(2026, 0, 1);
const CLUSTERS = ['orders', 'users', 'a-very-rare-one'];

describe.each(TABLES)('the history in %s', (_name, openTable) => {
  let table: Awaited<ReturnType<OpenTable>>;
  let store: JobStore;
  /** Newest first. */
  let jobs: RestoreJob[];

  beforeAll(async () => {
    table = await openTable();
    store = createJobStore(table);
    const runbooks = CLUSTERS.flatMap((name) => [sampleRunbook(name), sampleRunbook(name, 'restore')]);
    jobs = Array.from({ length: COUNT }, (_, nth) =>
      sampleJob({
        jobId: ulid(EPOCH + nth * 1000),
        runbook: nth % 100 === 99 ? runbooks[4]! : runbooks[nth % 4]!,
        status: JOB_STATUSES[nth % 5]!,
      }),
    );
    await Promise.all(jobs.map((job) => store.create(job)));
    jobs.reverse();
  });
  afterAll(() => table.close());

  async function everyPage(filter: JobFilter, limit: number): Promise<JobSummary[]> {
    const found: JobSummary[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.jobs.length).toBeLessThanOrEqual(limit);
      if (page.cursor !== undefined) expect(page.jobs).toHaveLength(limit);
      found.push(...page.jobs);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return found;
  }

  const matches = (job: RestoreJob, filter: JobFilter) =>
    filter.by === 'all' ||
    (filter.by === 'status' && job.status === filter.status) ||
    (filter.by === 'kind' && job.kind === filter.kind) ||
    (filter.by === 'cluster' && clusterName(job.runbook.source) === filter.cluster);

  const project = sampleRunbook().source.project;
  const filters: fc.Arbitrary<JobFilter> = fc.oneof(
    fc.constant({ by: 'all' } as const),
    fc
      .constantFrom(...CLUSTERS)
      .map((cluster) => ({ by: 'cluster', cluster: `${project}/${cluster}` }) as const),
    fc.constantFrom(...JOB_STATUSES).map((status) => ({ by: 'status', status }) as const),
    fc.constantFrom('drill', 'restore').map((kind) => ({ by: 'kind', kind }) as const),
  );

  describe('list', () => {
    it('shows every job exactly once, newest first, whatever the page size and the filter', async () => {
      await fc.assert(
        fc.asyncProperty(filters, fc.integer({ min: 5, max: 200 }), async (filter, limit) => {
          const expected = jobs.filter((job) => matches(job, filter)).map((job) => job.jobId);
          expect((await everyPage(filter, limit)).map((job) => job.jobId)).toEqual(expected);
        }),
        { numRuns: 25 },
      );
    });

    it.each([1, 2, COUNT / 5, COUNT / 5 - 1])(
      'ends without an empty page when pages hold %i',
      async (limit) => {
        expect(await everyPage({ by: 'status', status: 'FAILED' }, limit)).toHaveLength(COUNT / 5);
      },
    );

    it('shows a job as it was last saved, and no longer under its old status', async () => {
      const job = sampleJob({ runbook: sampleRunbook('moving') });
      await store.create(job);
      const verdict = 'failed' as const;
      await store.save({
        ...job,
        status: 'FAILED',
        startedAt: '2026-08-10T12:30:00.000Z',
        endedAt: '2026-08-10T13:00:00.000Z',
        rtoSeconds: 12.5,
        verdict,
      });
      const mine = async (filter: JobFilter) =>
        (await everyPage(filter, 200)).filter((one) => one.jobId === job.jobId);
      expect(await mine({ by: 'status', status: 'PENDING' })).toEqual([]);
      expect(await mine({ by: 'status', status: 'FAILED' })).toEqual([
        {
          simulated: false,
          jobId: job.jobId,
          kind: 'drill',
          status: 'FAILED',
          createdAt: job.createdAt,
          startedAt: '2026-08-10T12:30:00.000Z',
          endedAt: '2026-08-10T13:00:00.000Z',
          rtoSeconds: 12.5,
          rpoSeconds: null,
          verdict,
          runbookName: 'nightly',
          source: job.runbook.source,
          target: job.runbook.target,
        },
      ]);
      expect(await mine({ by: 'cluster', cluster: `${project}/moving` })).toHaveLength(1);
    });

    it('is empty for a cluster nobody restored', async () => {
      expect(await store.list({ by: 'cluster', cluster: 'p/none' }, { limit: 10 })).toEqual({ jobs: [] });
    });

    it.each([0, 201, 1.5, NaN])('refuses pages of %d', async (limit) => {
      await expect(store.list({ by: 'all' }, { limit })).rejects.toThrow(RangeError);
    });
  });

  describe('cursors', () => {
    const cursorOf = async (filter: JobFilter) => (await store.list(filter, { limit: 3 })).cursor!;

    it('are text that can stand in a URL', async () => {
      expect(await cursorOf({ by: 'all' })).toMatch(/^[\w-]+$/);
    });

    it('are good for the query that gave them only', async () => {
      const cursor = await cursorOf({ by: 'status', status: 'FAILED' });
      for (const filter of [
        { by: 'all' },
        { by: 'status', status: 'RUNNING' },
        { by: 'kind', kind: 'drill' },
        { by: 'cluster', cluster: 'FAILED' },
      ] as const) {
        await expect(store.list(filter, { limit: 3, cursor })).rejects.toThrow(BadCursorError);
      }
    });

    it('are refused when they are garbage, and never take the query down', async () => {
      const cursor = await cursorOf({ by: 'all' });
      const garbage = fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
        fc.nat(cursor.length - 1).map((length) => cursor.slice(0, length)),
        fc.constantFrom(`${cursor}=`, `${cursor}A`, ` ${cursor}`),
      );
      await fc.assert(
        fc.asyncProperty(garbage, async (text) => {
          await expect(store.list({ by: 'all' }, { limit: 3, cursor: text })).rejects.toThrow(BadCursorError);
        }),
      );
    });
  });
});
