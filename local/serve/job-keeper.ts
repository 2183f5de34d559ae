import { existsSync } from 'node:fs';
import { isoTime } from '../../core/clock.ts';
import { isClosed } from '../../core/commands/is-closed.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import { LifeboatError } from '../../core/errors.ts';
import type { Job } from '../../core/jobs/job.ts';
import { jobName } from '../../core/jobs/simulated.ts';
import type { JobStatus } from '../../core/jobs/status.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Outbound } from '../../core/outbound.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { reportFiles, reportPath } from '../report-files.ts';
import { runJob } from '../run-job.ts';
import { dropLeftClaim, JobRunningError, leftRunning } from '../running-jobs.ts';
import type { PacedClock } from '../scaled-clock.ts';
import { unfinishedCampaign } from '../unfinished-campaign.ts';

/** What one job runs with, beside what all of them share. */
export interface JobSession {
  readonly clock: PacedClock;
  readonly atlas: AtlasClient;
  readonly outbound: Outbound;
  close(): Promise<void>;
}

/** What jobs are kept running with. */
export interface KeeperSettings {
  readonly home: string;
  readonly jobs: JobStore;
  readonly policy: Policy;
  /**
   * Opens what a job runs with.
   *
   * @throws when it can't go on here, such as OtherAtlasError.
   */
  openSession(job: Job, timeline: readonly TimelineEvent[]): Promise<JobSession>;
  /** The time, in milliseconds since the UNIX epoch. */
  readonly now: () => number;
  /** Resolves once it is time to try again with a job that could not go on. */
  pause(signal: AbortSignal): Promise<void>;
  readonly onEvent: (event: TimelineEvent, job: Job) => void;
  /** Told why a job does not go on in this process; `name` is as of {@link jobName}, or the id where the job cannot be read. */
  onFailure(name: string, error: unknown): void;
}

/** Runs any number of jobs in this process. */
export interface JobKeeper {
  /** Sees to it that a job runs, and gives back at once. One that runs already, here or in another process, is left alone. */
  run(jobId: string): void;
  /** Runs every job that began and that no living process runs. */
  resumeAll(): Promise<void>;
  /**
   * Closes every job that has its final status and is not closed, because its process died in between: its last event, its lease,
   * its notifications and its report.
   */
  closeAll(): Promise<void>;
  /** Asks every job to stop after the step under way, and waits for that. They can be resumed. */
  stop(): Promise<void>;
}

const UNFINISHED: readonly JobStatus[] = ['RUNNING', 'PENDING'];
const FINAL: readonly JobStatus[] = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

/** A keeper of jobs. */
export function createJobKeeper(settings: KeeperSettings): JobKeeper {
  const running = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = (jobId: string) => {
    if (signal.aborted || running.has(jobId)) return;
    running.set(
      jobId,
      keepRunning(jobId, settings, signal, run).finally(() => running.delete(jobId)),
    );
  };
  return {
    run,
    async resumeAll() {
      for (const jobId of await jobsThatAre(UNFINISHED, settings.jobs)) run(jobId);
    },
    async closeAll() {
      // The report is written last: where it is, the rest was done, unless a process died while it worked on the job.
      const died = new Set(await leftRunning(settings.home));
      for (const jobId of await jobsThatAre(FINAL, settings.jobs)) {
        if (signal.aborted) return;
        if (!died.has(jobId) && existsSync(reportPath(settings.home, jobId))) continue;
        await closeJob(jobId, settings, run).catch(async (error: unknown) => {
          settings.onFailure(await nameOf(jobId, settings), error);
        });
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

/** Oldest first: whoever waited longest goes on first. */
async function jobsThatAre(statuses: readonly JobStatus[], jobs: JobStore): Promise<string[]> {
  const found: string[] = [];
  for (const status of statuses) {
    let cursor: string | undefined;
    do {
      const page = await jobs.list({ by: 'status', status }, { limit: 200, ...(cursor && { cursor }) });
      found.push(...page.jobs.map(({ jobId }) => jobId));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return found.sort();
}

/** Does what is missing of the end of a job that has its final status. */
async function closeJob(
  jobId: string,
  { home, jobs, now }: KeeperSettings,
  run: (jobId: string) => void,
): Promise<void> {
  const [job, timeline] = [await jobs.get(jobId), await jobs.timeline(jobId)];
  const at = isoTime(Math.max(now(), Date.parse(job.updatedAt)));
  if (!(await isClosed(job, timeline, jobs, at))) {
    run(jobId);
    return;
  }
  // Also where there is one: it may have been written before the job had ended.
  await reportFiles(home).put(buildReport(job, timeline, at));
  await dropLeftClaim(home, jobId);
}

/** Runs a job to its end, again and again when what keeps it from going on may pass. Never rejects. */
async function keepRunning(
  jobId: string,
  settings: KeeperSettings,
  signal: AbortSignal,
  run: (jobId: string) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await runOnce(jobId, settings, signal, run);
      return;
    } catch (error) {
      // Whoever runs it sees to it.
      if (error instanceof JobRunningError) return;
      settings.onFailure(await nameOf(jobId, settings), error);
      if (!(error instanceof LifeboatError) || !error.retryable) return;
      await settings.pause(signal).catch(() => undefined);
    }
  }
}

async function runOnce(
  jobId: string,
  settings: KeeperSettings,
  signal: AbortSignal,
  run: (jobId: string) => void,
): Promise<void> {
  const { home, jobs, policy, onEvent } = settings;
  const job = await jobs.get(jobId);
  const campaign = await unfinishedCampaign(job, jobs);
  if (campaign !== undefined) {
    run(campaign);
    return;
  }
  const session = await settings.openSession(job, await jobs.timeline(jobId));
  try {
    const { clock, atlas, outbound } = session;
    const reports = reportFiles(home);
    await runJob(jobId, {
      ...{ home, clock, atlas, outbound, policy, jobs, reports, signal },
      onEvent: (event) => {
        onEvent(event, job);
      },
    });
  } finally {
    await session.close();
  }
}

function nameOf(jobId: string, { jobs }: KeeperSettings): Promise<string> {
  return jobs.get(jobId).then(jobName, () => jobId);
}
