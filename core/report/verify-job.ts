import { verifyChain } from '../jobs/chain.ts';
import { endFacts, isEnd, mayFollowEnd, recordHash, runbookHash } from '../jobs/end-event.ts';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';
import { fail, pass, unknown, type Finding } from './finding.ts';
import { verifyReport, type KeptReport } from './verify-report.ts';

/** What is verified. */
export interface KeptJob {
  /** The id that was asked for. */
  readonly jobId: string;
  readonly job: Job;
  /** Oldest first. */
  readonly timeline: readonly TimelineEvent[];
  readonly report: KeptReport;
}

/**
 * Compares a job's record, its timeline and its report with each other, and the timeline's events by their hashes. It proves that
 * they agree; that all three were not written anew by one hand, only a copy kept elsewhere can prove.
 */
export function verifyJob(kept: KeptJob): Finding[] {
  const history = [...verifyTimeline(kept), ...verifyRecord(kept)];
  const isSound = history.every(({ outcome }) => outcome !== 'fail');
  return [...history, ...verifyReport(kept, kept.report, isSound)];
}

function verifyTimeline({ jobId, job, timeline }: KeptJob): Finding[] {
  const chain = verifyChain(timeline);
  const faults = chain.ok ? [] : [`It is broken at event ${chain.sequence}. ${chain.reason}`];
  const other = timeline.find((event) => event.jobId !== jobId);
  if (other !== undefined) faults.push(`Event ${other.sequence} belongs to job ${other.jobId}.`);
  const ends = timeline.filter(isEnd);
  if (isFinal(job.status) && ends.length === 0)
    faults.push(`The job is ${job.status}, and the event that ends it is missing.`);
  if (ends.length > 1) faults.push(`It has ${ends.length} ends.`);
  const end = timeline.findIndex(isEnd);
  const late = end === -1 ? undefined : timeline.slice(end + 1).find((event) => !mayFollowEnd(event));
  if (late !== undefined)
    faults.push(`Event ${late.sequence} (${late.type}) stands after the end of the job.`);
  if (faults.length > 0) return faults.map((fault) => fail('timeline', fault));
  return [pass('timeline', `It is as it was written: ${timeline.length} events.`)];
}

function verifyRecord({ jobId, job, timeline }: KeptJob): Finding[] {
  const faults = job.jobId === jobId ? [] : [`It is the record of job ${job.jobId}.`];
  const begun = timeline.find(({ type }) => type === 'job-started')?.data?.runbookHash;
  if (begun !== undefined && begun !== runbookHash(job))
    faults.push('Its runbook is not the one that the job began with.');
  const end = timeline.find(isEnd);
  if (end !== undefined) faults.push(...differencesFromEnd(job, end));
  const restored = timeline.findLast(({ type }) => type === 'restore-started')?.data?.restoreJobId;
  if (restored !== undefined && job.atlas.restoreJobId !== restored)
    faults.push(`It names restore job ${job.atlas.restoreJobId ?? 'none'}, and the timeline ${restored}.`);
  const told = timeline.find(({ once }) => isNoticeLost(once, job));
  if (told !== undefined)
    faults.push(`It knows nothing of the message that event ${told.sequence} (${told.type}) is about.`);
  if (faults.length > 0) return faults.map((fault) => fail('record', fault));
  if (end === undefined)
    return [unknown('record', 'The job has not ended: nothing states yet what its record should be.')];
  if (end.data?.recordHash === undefined) {
    return [
      unknown(
        'record',
        'It agrees with what its end event states. The rest is not covered: an earlier version of Lifeboat closed the job.',
      ),
    ];
  }
  return [pass('record', 'It is as it was when the job ended.')];
}

/** Whether an event is about a message that the record has nothing of: the record is written before anything is sent. */
function isNoticeLost(once: string | undefined, { notices }: Job): boolean {
  const key = /^notice-(?:sent|failed|given-up)\/(.*)$/.exec(once ?? '')?.[1];
  return key !== undefined && !Object.hasOwn(notices, key);
}

/** Each fact of the record that contradicts the end event; the hash over all of it where no single one does. */
function differencesFromEnd(job: Job, { type, at, data = {} }: TimelineEvent): string[] {
  if (!isFinal(job.status))
    return [`It says that the job is ${job.status}, and the timeline ends with ${type}.`];
  const facts = endFacts(job);
  const differences = Object.entries(facts)
    .filter(([name, value]) => name in data && data[name] !== value)
    .map(
      ([name, value]) => `Its ${name} is ${String(value)}, and the end event states ${String(data[name])}.`,
    );
  if (type !== `job-${job.status.toLowerCase()}`)
    differences.push(`It is ${job.status}, and the timeline ends with ${type}.`);
  if (job.endedAt !== at && !('endedAt' in data))
    differences.push(`It ended at ${job.endedAt ?? 'no time'}, and its end event is of ${at}.`);
  if (differences.length === 0 && data.recordHash !== undefined && data.recordHash !== recordHash(job))
    differences.push(
      'It was changed after the job had ended: it does not give the hash that the end event states.',
    );
  return differences;
}
