import { isoTime, type Clock } from '../clock.ts';
import { JobConflictError } from '../jobs/errors.ts';
import type { Job } from '../jobs/job.ts';
import type { NoticeRecord } from '../jobs/notice-record.ts';
import type { JobStore } from '../jobs/store.ts';
import { update } from '../jobs/update.ts';
import { lettersOf, type Letter } from './letters.ts';

/** The history, and the time. */
export interface NoticeKeeping {
  readonly clock: Clock;
  readonly jobs: Pick<JobStore, 'get' | 'save'>;
}

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
  return unlessCrowded(async () => {
    const job = await keeping.jobs.get(jobId);
    const now = isoTime(keeping.clock.now());
    const letter = lettersOf(job, now).find((one) => one.key === key);
    if (letter === undefined || letter.inSeconds > 0) return undefined;
    const record = { attempts: (letter.record?.attempts ?? 0) + 1, triedAt: now };
    return { letter, job: await save(job, key, record, keeping), record };
  });
}

/** Writes what came of an attempt. When another attempt was begun meanwhile, its word stands. */
export async function keepOutcome(
  { job: { jobId }, letter: { key }, record }: Claimed,
  end: Pick<NoticeRecord, 'problem' | 'outcome'>,
  keeping: NoticeKeeping,
): Promise<void> {
  await unlessCrowded(async () => {
    const job = await keeping.jobs.get(jobId);
    if (job.notices[key]?.attempts !== record.attempts) return;
    await save(job, key, { ...record, ...end }, keeping);
  });
}

/** An update that is left out when somebody else was faster every time: a job must not fail for a notification. */
async function unlessCrowded<Result>(attempt: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await update(attempt);
  } catch (error) {
    if (error instanceof JobConflictError) return undefined;
    throw error;
  }
}

function save(job: Job, key: string, record: NoticeRecord, { jobs, clock }: NoticeKeeping): Promise<Job> {
  const notices = { ...job.notices, [key]: record };
  return jobs.save({ ...job, notices, updatedAt: isoTime(clock.now()) });
}
