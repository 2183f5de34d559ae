import { readFileSync } from 'node:fs';
import { ulid } from 'ulid';
import { isoTime } from '../../core/clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import { newJob } from '../../core/jobs/new-job.ts';
import { IS_NEW } from '../../core/jobs/table/condition.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import { jobItem } from '../../core/jobs/table/job-item.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';

const RUNBOOK = new URL('../../examples/drill.yaml', import.meta.url);

/** Of so many jobs one is of another cluster, and one succeeded: even the smallest history has more than a page of the others. */
const OTHERWISE = 3;
/** Milliseconds between two jobs, and when the first began. */
const APART = 60_000;
const BEGAN = Date.UTC(2026, 0, 1);
/** Jobs that have a timeline, and events of each. */
const TIMELINES = 50;
const EVENTS = 12;
/** Writes that are under way at once. */
const TOGETHER = 500;

/** What of a history is asked for. */
export interface Filled {
  /** `project/cluster` that most of the jobs are of. */
  readonly cluster: string;
  /** Jobs that have a timeline. */
  readonly timelines: readonly string[];
}

/** Writes so many jobs that have ended, each with the item that the store itself writes. */
export async function fill(table: Table, jobs: number): Promise<Filled> {
  const text = readFileSync(RUNBOOK, 'utf8');
  const runbook = parseRunbook(text, 'drill.yaml');
  if (runbook.kind !== 'drill') throw new TypeError('The example is a drill.');
  const ids: string[] = [];
  const write = async (nth: number) => {
    const source = { ...runbook.source, cluster: nth % OTHERWISE === 0 ? 'events' : 'orders' };
    const job = endedJob(nth, text, { ...runbook, source });
    ids.push(job.jobId);
    await table.putItem(jobItem(job), IS_NEW);
  };
  for (let first = 0; first < jobs; first += TOGETHER) {
    await Promise.all(
      Array.from({ length: Math.min(TOGETHER, jobs - first) }, (_, nth) => write(first + nth)),
    );
  }
  const timelines = ids.filter((_, nth) => nth % Math.ceil(jobs / TIMELINES) === 0);
  await Promise.all(timelines.map((jobId) => writeTimeline(table, jobId)));
  return { cluster: `${runbook.source.project}/orders`, timelines };
}

function endedJob(nth: number, runbookText: string, runbook: Job['runbook']): Job {
  const began = BEGAN + nth * APART;
  const job = newJob({
    jobId: ulid(began),
    runbook,
    runbookText,
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'bench' },
    seed: nth,
    now: isoTime(began),
  });
  return {
    ...job,
    status: nth % OTHERWISE === 1 ? 'SUCCEEDED' : 'FAILED',
    startedAt: isoTime(began),
    endedAt: isoTime(began + 300_000),
    rtoSeconds: 300,
    rpoSeconds: 3600,
  };
}

async function writeTimeline(table: Table, jobId: string): Promise<void> {
  const store = createJobStore(table);
  for (let nth = 0; nth < EVENTS; nth += 1) {
    const at = isoTime(BEGAN + nth * 1000);
    const data = { snapshot: 'a'.repeat(24), seconds: nth, place: 'x'.repeat(120) };
    await store.append(jobId, {
      at,
      type: 'noted',
      message: 'What happened, in a sentence of usual length.',
      data,
    });
  }
}
