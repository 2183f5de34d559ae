import { z } from 'zod';
import { verifyChain } from '../jobs/chain.ts';
import { endFacts, isEnd, mayFollowEnd, recordHash, runbookHash } from '../jobs/end-event.ts';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';

/**
 * What holds of a job's history, and what does not. `unknown`: it could not be checked, because the evidence for it is missing
 * or cannot be read.
 */
export interface Finding {
  readonly about: 'timeline' | 'record' | 'report';
  readonly outcome: 'pass' | 'fail' | 'unknown';
  /** One sentence or more. */
  readonly message: string;
}

/** The report of a job as it is kept: its facts, or why there are none. */
export type KeptReport = { readonly facts: unknown } | { readonly problem: 'missing' | 'unreadable' };

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
  return [...verifyTimeline(kept), ...verifyRecord(kept), ...verifyReport(kept)];
}

const pass = (about: Finding['about'], message: string): Finding => ({ about, outcome: 'pass', message });
const fail = (about: Finding['about'], message: string): Finding => ({ about, outcome: 'fail', message });
const unknown = (about: Finding['about'], message: string): Finding => ({
  about,
  outcome: 'unknown',
  message,
});

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

const achievedSchema = z.object({ achievedSeconds: z.number().nullable() });

/** What is compared of a report; it is read leniently, because a report of another version is no forgery. */
const factsSchema = z.object({
  jobId: z.string(),
  status: z.string(),
  verdict: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  objectives: z.object({ rto: achievedSchema, rpo: achievedSchema }),
  runbook: z.object({ text: z.string() }),
  atlas: z.object({ restoreJobId: z.string().nullable() }),
  events: z.array(z.object({ hash: z.string() })),
  chain: z.object({ count: z.number(), lastHash: z.string().nullable() }),
});

function verifyReport({ jobId, job, timeline, report }: KeptJob): Finding[] {
  if ('problem' in report) {
    if (report.problem === 'unreadable')
      return [unknown('report', 'Its facts are cut off or not JSON, and could not be compared.')];
    // A job that was never begun has none.
    if (!isFinal(job.status) || job.startedAt === undefined) return [];
    return [
      fail(
        'report',
        `It is missing, although the job has ended. Write it again with: lifeboat report ${jobId}`,
      ),
    ];
  }
  const read = factsSchema.safeParse(report.facts);
  if (!read.success)
    return [unknown('report', 'Its facts are not those of a report, and could not be compared.')];
  const faults = [...differencesFromReport(job, read.data, jobId), ...missingFrom(timeline, read.data)];
  if (faults.length > 0) return faults.map((fault) => fail('report', fault));
  return [pass('report', `Its facts agree with the record and the timeline.`)];
}

type ReportFacts = z.output<typeof factsSchema>;

function differencesFromReport(job: Job, facts: ReportFacts, jobId: string): string[] {
  if (facts.jobId !== jobId) return [`It is the report of job ${facts.jobId}.`];
  // A report of a job that was still running knows less than its record by now.
  if (facts.endedAt === null && job.endedAt !== undefined)
    return [`It was written before the job ended. Write it again with: lifeboat report ${jobId}`];
  const stated: Readonly<Record<string, readonly [unknown, unknown]>> = {
    status: [facts.status, job.status],
    verdict: [facts.verdict, job.verdict ?? null],
    startedAt: [facts.startedAt, job.startedAt ?? null],
    endedAt: [facts.endedAt, job.endedAt ?? null],
    rtoSeconds: [facts.objectives.rto.achievedSeconds, job.rtoSeconds],
    rpoSeconds: [facts.objectives.rpo.achievedSeconds, job.rpoSeconds],
    'restore job': [facts.atlas.restoreJobId, job.atlas.restoreJobId ?? null],
  };
  const differences = Object.entries(stated)
    .filter(([, [said, kept]]) => said !== kept)
    .map(([name, [said, kept]]) => `Its ${name} is ${String(said)}, and that of the record ${String(kept)}.`);
  return facts.runbook.text === job.runbookText
    ? differences
    : [...differences, 'It shows another runbook than the record.'];
}

function missingFrom(timeline: readonly TimelineEvent[], { chain, events }: ReportFacts): string[] {
  const { count, lastHash } = chain;
  if (lastHash !== null && timeline[count - 1]?.hash !== lastHash)
    return [`It knows event ${count} with the hash ${lastHash}, which is not in the history.`];
  const other = events.findIndex(({ hash }, index) => timeline[index]?.hash !== hash);
  return other === -1 && events.length === count
    ? []
    : [`Its event ${other + 1} is not the one of the history.`];
}
