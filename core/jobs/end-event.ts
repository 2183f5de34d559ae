import { createHash } from 'node:crypto';
import { canonicalJson } from './chain.ts';
import { isRestoreJob, type Job } from './job.ts';
import type { NewEvent, TimelineEvent } from './timeline.ts';

const END_TYPES: ReadonlySet<string> = new Set(['job-succeeded', 'job-failed', 'job-cancelled']);

/** What may be recorded of a job that has ended: that people were notified, and that somebody decided too late. */
const AFTER_THE_END = /^(?:notice-(?:sent|failed|given-up)|approval-refused)$/;

/** Whether an event is the end of its job: each timeline has one. */
export function isEnd({ type }: Pick<TimelineEvent, 'type'>): boolean {
  return END_TYPES.has(type);
}

/** Whether an event may stand in a timeline after the end of its job. */
export function mayFollowEnd({ type }: Pick<TimelineEvent, 'type'>): boolean {
  return AFTER_THE_END.test(type);
}

/**
 * SHA-256 in hexadecimal over the canonical JSON of a job's record, without what may change after the job has ended: its version,
 * the time of its last write, its notifications and the token of a sleeping workflow.
 */
export function recordHash(job: Job): string {
  const content = {
    ...job,
    version: undefined,
    updatedAt: undefined,
    notices: undefined,
    taskToken: undefined,
  };
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
}

/** SHA-256 in hexadecimal over the text of a job's runbook. */
export function runbookHash({ runbookText }: Pick<Job, 'runbookText'>): string {
  return createHash('sha256').update(runbookText).digest('hex');
}

/**
 * The end of a job as its timeline records it. What the record states is part of it, so that a record that is changed later
 * contradicts its timeline.
 */
export function endEvent(job: Job, at: string): NewEvent {
  return {
    at,
    type: `job-${job.status.toLowerCase()}`,
    once: 'job-ended',
    message: job.failure?.message ?? `The job ended: ${job.verdict ?? 'without a verdict'}.`,
    data: { ...endFacts(job), recordHash: recordHash(job) },
  };
}

/** What the end event states of a job by name. */
export function endFacts(job: Job): Readonly<Record<string, string | number | null>> {
  return {
    status: job.status,
    verdict: job.verdict ?? null,
    rtoSeconds: job.rtoSeconds,
    rpoSeconds: job.rpoSeconds,
    failure: job.failure?.name ?? null,
    startedAt: job.startedAt ?? null,
    endedAt: job.endedAt ?? null,
    restoreJobId: isRestoreJob(job) ? (job.atlas.restoreJobId ?? null) : null,
    runbookHash: runbookHash(job),
  };
}
