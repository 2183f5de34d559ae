import { JobConflictError, JobNotFoundError } from '../../core/jobs/errors.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';

/** A history in memory with the conditional writes of the real one, for tests that run hundreds of jobs. */
export interface MemoryJobs {
  readonly jobs: JobStore;
  /** Puts a job there, of whatever shape. */
  readonly put: (job: Job) => void;
}

/** Opens an empty one. Only what a running job needs is there; hashes are left out. */
export function memoryJobs(): MemoryJobs {
  const records = new Map<string, string>();
  const events = new Map<string, TimelineEvent[]>();
  const read = (jobId: string): Job => {
    const text = records.get(jobId);
    if (text === undefined) throw new JobNotFoundError(`No job ${jobId}.`);
    return JSON.parse(text) as Job;
  };
  const put = (job: Job): void => void records.set(job.jobId, JSON.stringify(job));
  const jobs: JobStore = {
    create: async (job) => {
      await Promise.resolve();
      put(job);
    },
    get: async (jobId) => Promise.resolve().then(() => read(jobId)),
    save: async (job) => {
      await Promise.resolve();
      if (read(job.jobId).version !== job.version)
        throw new JobConflictError(`Job ${job.jobId} was written.`);
      const saved = { ...job, version: job.version + 1 };
      put(saved);
      return saved;
    },
    append: async (jobId, event) => {
      await Promise.resolve();
      const timeline = events.get(jobId) ?? [];
      const known = timeline.find(({ once }) => once !== undefined && once === event.once);
      if (known !== undefined) return known;
      const written = { ...event, jobId, sequence: timeline.length + 1, previousHash: '', hash: '' };
      events.set(jobId, [...timeline, written]);
      return written;
    },
    timeline: async (jobId) => Promise.resolve(events.get(jobId) ?? []),
    list: async () => Promise.resolve({ jobs: [] }),
    takeLease: async () => Promise.resolve(),
    giveBackLease: async () => Promise.resolve(),
    lease: async () => Promise.resolve(undefined),
    durations: async () => Promise.resolve({ own: [] }),
    freezes: async () => Promise.resolve({ version: 0, entries: [] }),
    saveFreezes: async (log) => Promise.resolve(log),
    learnDuration: async () => Promise.resolve(true),
  };
  return { jobs, put };
}
