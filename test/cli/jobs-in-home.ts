import type { Job, RestoreJob } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { openHistory } from '../../local/history.ts';
import { sampleJob } from '../core/jobs/sample-job.ts';
import { parseRestore } from '../support/restores.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a0';

const RUNBOOK = parseRestore(
  `version: 1
kind: drill
name: nightly
source: { project: ${PROJECT}1, cluster: orders }
target: { project: ${PROJECT}2, cluster: orders-drill }
recoveryPoint: { latest: {} }
`,
);

/** What a job of the simulator's world looks like whose process died after it had asked for a restore. */
export function diedInRestore(atlasUrl: string): Partial<RestoreJob> {
  const now = new Date().toISOString();
  return {
    runbook: RUNBOOK,
    status: 'RUNNING',
    createdAt: now,
    updatedAt: now,
    startedAt: now,
    guardsPassedAt: now,
    atlasUrl,
    simulation: { seed: null, speed: 600 },
    restoreAttempts: 1,
    restoreIntent: { at: now, attempt: 1, delivery: 'automated', alreadyThere: [] },
    atlas: { restoreJobId: '0123456789abcdef01234567' },
  };
}

/** What a job looks like whose process died before it had asked anything of Atlas. */
export function diedAtOnce(atlasUrl: string): Partial<RestoreJob> {
  const now = new Date().toISOString();
  const simulation = { seed: null, speed: 600 };
  return { runbook: RUNBOOK, createdAt: now, updatedAt: now, atlasUrl, simulation };
}

/** Uses the history of a home that no command has open. */
export async function inHistory<T>(home: string, use: (jobs: JobStore) => Promise<T>): Promise<T> {
  const history = await openHistory(home);
  try {
    return await use(history.jobs);
  } finally {
    await history.close();
  }
}

/** Writes a job into a home and gives it. */
export async function putJob(home: string, changes: Partial<RestoreJob>): Promise<Job> {
  const job = sampleJob(changes);
  await inHistory(home, (jobs) => jobs.create(job));
  return job;
}

/** A job of a home as it stands. */
export function jobOf(home: string, jobId: string): Promise<Job> {
  return inHistory(home, (jobs) => jobs.get(jobId));
}
