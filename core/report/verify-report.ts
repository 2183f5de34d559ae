import { z } from 'zod';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';
import { compareReport } from './compare-report.ts';
import { fail, pass, unknown, type Finding } from './finding.ts';
import { renderReport } from './html.ts';
import { REPORT_FORMAT, type Report } from './report.ts';

/** The facts of a report as they are kept, and its page. */
interface ReadReport {
  readonly facts: unknown;
  /** The HTML page; null where there is none beside the facts, absent where pages are made when they are asked for. */
  readonly page?: string | null;
}

/** The report of a job as it is kept, or why there are no facts. */
export type KeptReport = ReadReport | { readonly problem: 'missing' | 'unreadable' };

/** What a report is compared with. */
interface ReportedHistory {
  readonly jobId: string;
  readonly job: Job;
  /** Oldest first. */
  readonly timeline: readonly TimelineEvent[];
}

const achievedSchema = z.object({ achievedSeconds: z.number().nullable() });

/** What is compared of a report; it is read leniently, because a report of another version is no forgery. */
const factsSchema = z.object({
  jobId: z.string(),
  status: z.string(),
  verdict: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  format: z.number(),
  objectives: z.object({ rto: achievedSchema, rpo: achievedSchema }),
  runbook: z.object({ text: z.string() }),
  atlas: z.object({ restoreJobId: z.string().nullable() }),
  events: z.array(z.object({ hash: z.string() })),
  chain: z.object({ count: z.number(), lastHash: z.string().nullable() }),
});

/**
 * Compares the report of a job with its record and its timeline.
 *
 * @param isSound whether record and timeline are: only then a report can be built anew from them.
 */
export function verifyReport(history: ReportedHistory, report: KeptReport, isSound: boolean): Finding[] {
  const { jobId, job, timeline } = history;
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
  // Of a job that runs the record knows more by now.
  if (isSound && isFinal(job.status)) {
    const others = verifyFacts(history, report.facts, read.data);
    const findings = others.length > 0 ? others : verifyPage(jobId, report);
    if (findings.length > 0) return findings;
  }
  return [pass('report', `Its facts agree with the record and the timeline.`)];
}

/** What is named of many differences. */
const MOST_NAMED = 5;

/** Every other fact of a report of a job that has ended. */
function verifyFacts(
  { jobId, job, timeline }: ReportedHistory,
  facts: unknown,
  { chain, format }: ReportFacts,
): Finding[] {
  const rewrite = `Write it again with: lifeboat report ${jobId}`;
  if (format !== REPORT_FORMAT)
    return [unknown('report', `What else it states was not compared: another version wrote it. ${rewrite}`)];
  const { changed, lacking } = compareReport(
    facts as Readonly<Record<string, unknown>>,
    job,
    timeline.slice(0, chain.count),
  );
  const named = (names: readonly string[]) =>
    `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`;
  if (changed.length > 0)
    return [fail('report', `It states otherwise than the history: ${named(changed)}. ${rewrite}`)];
  if (lacking.length > 0) return [unknown('report', `It does not state: ${named(lacking)}. ${rewrite}`)];
  return [];
}

function verifyPage(jobId: string, { facts, page }: ReadReport): Finding[] {
  if (page === undefined) return [];
  const rewrite = `Write it again with: lifeboat report ${jobId}`;
  if (page === null) return [fail('report', `Its HTML page is missing. ${rewrite}`)];
  if (page === renderReport(facts as Report)) return [];
  return [
    unknown(
      'report',
      `Its HTML page is not the one that this version of Lifeboat makes of its facts: another version wrote it, or it was changed. ${rewrite}`,
    ),
  ];
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
