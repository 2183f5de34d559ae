import { clusterName } from '../../runbooks/cluster.ts';
import { placeOf } from '../../runbooks/place.ts';
import type { Job, JobSummary } from '../job.ts';
import { checksumOf } from './checksum.ts';
import type { Item } from './item.ts';

/** Every job has this value in `allJobs`, the partition key of the index over all of them. */
export const ALL_JOBS = 'JOB';

/** Key of a job's record. */
export function jobKey(jobId: string): { readonly pk: string; readonly sk: string } {
  return { pk: `JOB#${jobId}`, sk: 'JOB' };
}

/** A job as lists show it. */
function summaryOf(job: Job): JobSummary {
  return {
    jobId: job.jobId,
    kind: job.kind,
    status: job.status,
    createdAt: job.createdAt,
    ...(job.startedAt === undefined ? {} : { startedAt: job.startedAt }),
    ...(job.endedAt === undefined ? {} : { endedAt: job.endedAt }),
    rtoSeconds: job.rtoSeconds,
    rpoSeconds: job.rpoSeconds,
    ...(job.verdict === undefined ? {} : { verdict: job.verdict }),
    runbookName: job.runbook.name,
    ...(job.breakGlass !== undefined && { breakGlass: true as const }),
    simulated: job.simulation !== undefined,
    ...placeOf(job.runbook),
    ...namesOf(job),
  };
}

/** A campaign shows no clusters in lists, and so no projects. */
function namesOf({ kind, projects }: Job): Pick<JobSummary, 'projects'> {
  return kind === 'campaign' || projects === undefined ? {} : { projects };
}

/** The summary with a checksum of its own: an index holds a copy of it, and not the item's. */
function summaryText(job: Job): string {
  const summary = summaryOf(job);
  return JSON.stringify({ ...summary, checksum: checksumOf(summary) });
}

/**
 * The summary that an index holds; undefined when it is damaged.
 *
 * @param jobId whose it should be.
 */
export function summaryIn(text: string | number | undefined, jobId: string): JobSummary | undefined {
  try {
    const { checksum, ...summary } = JSON.parse(String(text)) as JobSummary & { readonly checksum?: string };
    const isWhole = checksum === undefined || checksum === checksumOf(summary);
    return isWhole && summary.jobId === jobId ? summary : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A job as the table holds it. The document is JSON text and not a DynamoDB map, because a map changes what it holds:
 * it refuses numbers beyond 2^53 and beyond 38 digits, and drops what is undefined inside lists.
 */
export function jobItem(job: Job): Item {
  const { source, target } = placeOf(job.runbook);
  const cluster = source ?? target;
  return {
    ...jobKey(job.jobId),
    jobId: job.jobId,
    version: job.version,
    allJobs: ALL_JOBS,
    ...(cluster !== undefined && { sourceCluster: clusterName(cluster) }),
    status: job.status,
    kind: job.kind,
    summary: summaryText(job),
    document: JSON.stringify(job),
  };
}
