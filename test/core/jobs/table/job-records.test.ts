import { describe, expect, it } from 'vitest';
import {
  HistoryDamagedError,
  JobConflictError,
  JobExistsError,
  JobNotFoundError,
} from '../../../../core/jobs/errors.ts';
import type { Job } from '../../../../core/jobs/job.ts';
import { MAX_RUNBOOK_BYTES } from '../../../../core/jobs/new-job.ts';
import type { JobStore } from '../../../../core/jobs/store.ts';
import { jobKey } from '../../../../core/jobs/table/job-item.ts';
import type { Table } from '../../../../core/jobs/table/table.ts';
import { ANYWAY, TABLES, useTable } from '../../../support/tables.ts';
import { sampleJob } from '../sample-job.ts';

describe.each(TABLES)('the history in %s', (_name, openTable) => {
  let table: Table;
  let store: JobStore;
  useTable(openTable, (opened, made) => {
    table = opened;
    store = made;
  });

  const settled = async (attempts: readonly Promise<unknown>[]) => {
    const outcomes = await Promise.allSettled(attempts);
    return {
      won: outcomes.filter((outcome) => outcome.status === 'fulfilled').length,
      errors: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : [])),
    };
  };

  describe('create and get', () => {
    it('gives a job back as it was, down to what a DynamoDB map would change', async () => {
      const job = sampleJob({
        guards: [
          {
            name: 'wide',
            outcome: 'pass',
            message: '',
            evidence: { big: 2 ** 60, tiny: 1e-200, none: null, empty: '' },
          },
        ],
        runbookText: 'ü\u0000\n\t"\\\ud800',
        restoreIntent: { at: 'now', attempt: 1, delivery: 'automated', alreadyThere: [] },
      });
      await store.create(job);
      expect(await store.get(job.jobId)).toEqual(job);
    });

    it('says so when there is no such job', async () => {
      await expect(store.get('01NOBODY')).rejects.toThrow(JobNotFoundError);
      await expect(store.get('01NOBODY')).rejects.toMatchObject({
        message: 'There is no job 01NOBODY.',
        retryable: false,
      });
    });

    it('lets one of 200 racing creates win', async () => {
      const job = sampleJob();
      const { won, errors } = await settled(
        Array.from({ length: 200 }, (_, nth) => store.create({ ...job, seed: nth })),
      );
      expect(won).toBe(1);
      expect(errors).toHaveLength(199);
      expect(errors.every((error) => error instanceof JobExistsError)).toBe(true);
    });

    it('does not take an equal job of somebody else for its own', async () => {
      const job = sampleJob();
      expect((await settled([store.create(job), store.create(job)])).won).toBe(1);
    });

    it('takes the longest runbook there may be', async () => {
      const job = sampleJob({ runbookText: '"\n'.repeat(MAX_RUNBOOK_BYTES / 2) });
      await store.create(job);
      expect((await store.get(job.jobId)).runbookText).toHaveLength(MAX_RUNBOOK_BYTES);
    });

    it('does not hand on a record that somebody spoilt', async () => {
      const { jobId } = sampleJob();
      await table.putItem({ ...jobKey(jobId), document: '{"jobId":' }, ANYWAY);
      await expect(store.get(jobId)).rejects.toThrow(HistoryDamagedError);
    });
  });

  describe('save', () => {
    it('counts the version up and gives the job back', async () => {
      const job = sampleJob();
      await store.create(job);
      const saved = await store.save({ ...job, status: 'RUNNING' });
      expect(saved).toEqual({ ...job, status: 'RUNNING', version: 2 });
      expect(await store.get(job.jobId)).toEqual(saved);
      expect((await store.save(saved)).version).toBe(3);
    });

    it('lets one of 50 racing saves win, also when all write the same', async () => {
      const job = sampleJob();
      await store.create(job);
      const { won, errors } = await settled(
        Array.from({ length: 50 }, () => store.save({ ...job, status: 'RUNNING' })),
      );
      expect(won).toBe(1);
      expect(errors.every((error) => error instanceof JobConflictError && error.retryable)).toBe(true);
      expect((await store.get(job.jobId)).version).toBe(2);
    });

    it('loses no change of writers who read again after a conflict', async () => {
      const job = sampleJob();
      await store.create(job);
      const addGuard = async (name: string): Promise<Job> => {
        const read = await store.get(job.jobId);
        try {
          return await store.save({
            ...read,
            guards: [...read.guards, { name, outcome: 'pass', message: name }],
          });
        } catch (error) {
          if (error instanceof JobConflictError) return addGuard(name);
          throw error;
        }
      };
      const names = Array.from({ length: 12 }, (_, nth) => `guard-${nth}`);
      await Promise.all(names.map(addGuard));
      const { guards, version } = await store.get(job.jobId);
      expect(guards.map((guard) => guard.name).sort()).toEqual(names.sort());
      expect(version).toBe(13);
    });

    it('does not make a job that is not there', async () => {
      await expect(store.save(sampleJob())).rejects.toThrow(JobNotFoundError);
    });
  });
});
