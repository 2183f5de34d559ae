import { clusterReadiness } from '../../core/commands/cluster-readiness.ts';
import { secondsBetween, isoTime } from '../../core/clock.ts';
import { drillsDue } from '../../core/http/drills-due.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import type { Job, JobSummary } from '../../core/jobs/job.ts';
import type { JobFilter } from '../../core/jobs/store.ts';
import { readEnvironment } from './environment.ts';
import { keptRunbooks } from './kept-runbooks.ts';
import { machineClock } from './machine-clock.ts';
import { metrics, publishMetrics } from './metrics.ts';
import { jobHistory } from './table.ts';

/** Somebody should hear of it an hour before the time for an answer is over, or when a quarter of it is left. Seconds. */
const LAPSING = 3600;

/** Jobs that are asked for at a time. */
const PAGE = 200;

/** Measures what no event tells: how old the last good drills are, which are overdue, and which approvals are about to lapse. */
export async function handleWatch(): Promise<void> {
  const now = isoTime(machineClock.now());
  try {
    metrics.addMetric('ApprovalsLapsing', 'Count', await countLapsing(now));
    await measureDrills();
  } finally {
    publishMetrics();
  }
}

async function measureDrills(): Promise<void> {
  const atlasUrl = new URL(readEnvironment('origin').LIFEBOAT_ATLAS_URL).origin;
  const jobs = jobHistory();
  const due = await drillsDue({ runbooks: keptRunbooks, jobs, atlasUrl, clock: machineClock });
  let overdue = 0;
  for (const [cluster, dueEverySeconds] of due) {
    if (dueEverySeconds === undefined) continue;
    const question = { cluster, atlasUrl, dueEverySeconds };
    const readiness = await clusterReadiness(question, jobs, machineClock);
    if (readiness.overdue) overdue += 1;
    if (readiness.ageSeconds === null) continue;
    const ofCluster = metrics.singleMetric();
    ofCluster.addDimension('cluster', cluster);
    ofCluster.addMetric('LastGoodDrillAge', 'Seconds', readiness.ageSeconds);
  }
  metrics.addMetric('DrillsOverdue', 'Count', overdue);
}

async function countLapsing(now: string): Promise<number> {
  let count = 0;
  for await (const { jobId } of listed({ by: 'status', status: 'RUNNING' })) {
    if (isLapsing(await jobHistory().get(jobId), now)) count += 1;
  }
  return count;
}

function isLapsing(job: Job, now: string): boolean {
  const request = openRequest(job)?.request;
  if (request === undefined) return false;
  const whole = secondsBetween(request.requestedAt, request.until);
  return secondsBetween(now, request.until) < Math.min(LAPSING, whole / 4);
}

async function* listed(filter: JobFilter): AsyncGenerator<JobSummary> {
  let cursor: string | undefined;
  do {
    const page = await jobHistory().list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
    yield* page.jobs;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
