import { SIMULATED } from '../../core/jobs/simulated.ts';
import { visibleIn } from '../../core/visible-text.ts';
import { secondsBetween } from '../../core/clock.ts';
import type { JobSummary, Verdict } from '../../core/jobs/job.ts';
import type { JobStatus } from '../../core/jobs/status.ts';
import type { Colors } from '../terminal.ts';
import { clusterLabels } from './clusters.ts';
import { clockDuration, minuteOf } from './instants.ts';
import { naturalWidth, tableLines } from './table.ts';

const WIDE = ['JOB', 'KIND', 'RUNBOOK', 'STATUS', 'VERDICT', 'STARTED (UTC)', 'TOOK', 'SOURCE → TARGET'];
/** What stands below a job is so far to the right. */
const INDENT = 2;
const NARROW = ['JOB', 'STATUS', 'VERDICT', 'STARTED (UTC)', 'TOOK'];

/** Jobs as a table: one line each where that fits, else two. */
export function jobTable(listed: readonly JobSummary[], width: number, colors: Colors): string[] {
  const jobs = visibleIn(listed);
  const wide = jobs.map((job) => {
    const { jobId, status, verdict, started, took } = cellsOf(job, colors);
    return {
      cells: [jobId, kindText(job), job.runbookName, status, verdict, started, took, clusterLabels(job)],
    };
  });
  if (naturalWidth(WIDE, wide) <= width) return tableLines(WIDE, wide, width, colors);
  const narrow = jobs.map((job) => {
    const { jobId, status, verdict, started, took } = cellsOf(job, colors);
    return {
      cells: [jobId, status, verdict, started, took],
      below: belowOf(job, width - INDENT),
    };
  });
  return tableLines(NARROW, narrow, width, colors);
}

/** The kind, the runbook and the clusters; ids of projects are whole where they fit into a line. */
function belowOf(job: JobSummary, width: number): string {
  const what = `${kindText(job)} ${job.runbookName}: `;
  return what + clusterLabels(job, width - what.length);
}

/** The kind of a job, with the words that mark a simulated one and one that a person alone answers for. */
function kindText({ kind, simulated = false, breakGlass }: JobSummary): string {
  return [...(simulated ? [SIMULATED] : []), ...(breakGlass === true ? ['BREAK-GLASS'] : []), kind].join(' ');
}

function cellsOf(job: JobSummary, colors: Colors) {
  const { jobId, status, verdict, createdAt, endedAt } = job;
  const startedAt = job.startedAt ?? createdAt;
  return {
    jobId,
    status: job.interrupted === true ? colors.yellow('INTERRUPTED') : statusText(status, colors),
    verdict: verdictText(verdict, colors),
    started: minuteOf(startedAt),
    took: endedAt === undefined ? '' : clockDuration(secondsBetween(startedAt, endedAt)),
  };
}

/** A status in its colour. */
export function statusText(status: JobStatus, colors: Colors): string {
  switch (status) {
    case 'SUCCEEDED':
      return colors.green(status);
    case 'FAILED':
      return colors.red(status);
    case 'CANCELLED':
      return colors.yellow(status);
    case 'PENDING':
    case 'RUNNING':
      return colors.cyan(status);
  }
}

/** A verdict in its colour; nothing while there is none. */
export function verdictText(verdict: Verdict | undefined, colors: Colors): string {
  switch (verdict) {
    case undefined:
      return '';
    case 'passed':
      return colors.green(verdict);
    case 'failed':
      return colors.red(verdict);
    case 'inconclusive':
      return colors.yellow(verdict);
  }
}
