import { isoTime, type Clock } from '../clock.ts';
import { JobConflictError } from '../jobs/errors.ts';
import type { Job } from '../jobs/job.ts';
import type { NoticeRecord } from '../jobs/notice-record.ts';
import type { JobStore } from '../jobs/store.ts';
import { lettersOf, type Letter } from './letters.ts';

/** The history, and the time. */
export interface NoticeKeeping {
  readonly clock: Clock;
  readonly jobs: Pick<JobStore, 'get' | 'save'>;
}

/** How often somebody else may write the job between a read and a write here. */
const MOST_ROUNDS = 5;

/** A letter that is this process's to send, and the job as it was then written. */
export interface Claimed {
  readonly letter: Letter;
  readonly job: Job;
  readonly record: NoticeRecord;
}

/**
 * Writes down that a letter is about to be sent, so that of two deliveries of a task one sends it. Undefined when it is not
 * due any more, or somebody else has it.
 */
export async function claimLetter(
  jobId: string,
  key: string,
  keeping: NoticeKeeping,
): Promise<Claimed | undefined> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const job = await keeping.jobs.get(jobId);
    const now = isoTime(keeping.clock.now());
    const letter = lettersOf(job, now).find((one) => one.key === key);
    if (letter === undefined || letter.inSeconds > 0) return undefined;
    const record = { attempts: (letter.record?.attempts ?? 0) + 1, triedAt: now };
    const saved = await trySave(job, key, record, keeping);
    if (saved !== undefined) return { letter, job: saved, record };
  }
  return undefined;
}

/** Writes what came of an attempt. When another attempt was begun meanwhile, its word stands. */
export async function keepOutcome(
  { job: { jobId }, letter: { key }, record }: Claimed,
  end: Pick<NoticeRecord, 'problem' | 'outcome'>,
  keeping: NoticeKeeping,
): Promise<void> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const job = await keeping.jobs.get(jobId);
    if (job.notices[key]?.attempts !== record.attempts) return;
    if ((await trySave(job, key, { ...record, ...end }, keeping)) !== undefined) return;
  }
}

/** The job with the record; undefined when somebody else has written it meanwhile. */
async function trySave(
  job: Job,
  key: string,
  record: NoticeRecord,
  { jobs, clock }: NoticeKeeping,
): Promise<Job | undefined> {
  const notices = { ...job.notices, [key]: record };
  try {
    return await jobs.save({ ...job, notices, updatedAt: isoTime(clock.now()) });
  } catch (error) {
    if (error instanceof JobConflictError) return undefined;
    throw error;
  }
}
