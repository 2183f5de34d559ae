import { jobName } from '../simulated.ts';
import { JobConflictError, JobExistsError, JobNotFoundError } from '../errors.ts';
import type { Job } from '../job.ts';
import type { JobStore } from '../store.ts';
import { equal, IS_NEW } from './condition.ts';
import { readDocument } from './document.ts';
import { jobItem, jobKey } from './job-item.ts';
import type { Table } from './table.ts';
import { putItemIf, readItem } from './write-item.ts';

/** The records of jobs: one item each, every write conditional. */
export function jobRecords(table: Table): Pick<JobStore, 'create' | 'get' | 'save'> {
  return {
    async create(job) {
      const outcome = await putItemIf(table, jobItem(job), IS_NEW);
      if (outcome.written) return;
      throw new JobExistsError(`Job ${jobName(job)} is there already.`, {
        changed: 'Nothing was changed.',
        next: `Look at it with: lifeboat jobs show ${job.jobId}`,
      });
    },

    async get(jobId) {
      const item = await readItem(table, jobKey(jobId));
      if (item === undefined) throw notFound(jobId);
      return readDocument(item, `The record of job ${jobId}`) as Job;
    },

    async save(job) {
      const saved = { ...job, version: job.version + 1 };
      const outcome = await putItemIf(table, jobItem(saved), [[equal('version', job.version)]]);
      if (outcome.written) return saved;
      if (outcome.present === undefined) throw notFound(job.jobId);
      throw new JobConflictError(
        `Job ${jobName(job)} was written by somebody else: it is at version ${outcome.present.version ?? '?'}, and this write was based on version ${job.version}.`,
        { changed: 'This write was not done.', next: 'Read the job again and repeat what was to be done.' },
      );
    },
  };
}

function notFound(jobId: string): JobNotFoundError {
  return new JobNotFoundError(`There is no job ${jobId}.`, {
    changed: 'Nothing was changed.',
    next: 'List the jobs there are with: lifeboat jobs list',
  });
}
