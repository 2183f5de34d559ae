import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { LifeboatError } from '../core/errors.ts';
import type { JobSummary } from '../core/jobs/job.ts';
import { isFinal } from '../core/jobs/status.ts';
import { makeHomeFolder, writeHomeFile } from './home-modes.ts';
import { isAlive, ownStartTime } from './processes.ts';
import { homeError } from './table/local-home.ts';

/** Another process on this machine runs the job right now. */
export class JobRunningError extends LifeboatError {
  override readonly name = 'JobRunningError';
  override readonly retryable = false;
}

/** The right to run a job in this process. */
export interface Claim {
  release(): Promise<void>;
}

const HEARTBEAT_MS = 3_000;
/** After this long without a heartbeat a claim is of a dead process, even if its number is taken by another by now. */
const STALE_MS = 15_000;

/**
 * Claims a job for this process, so that nobody resumes a job that is running. It spares people confusion; what keeps a
 * job from being done twice is that its tasks may be delivered twice.
 *
 * @param name the job for people, as of `jobName`.
 * @throws JobRunningError, LocalHomeError where the claim cannot be written, and HistoryUnavailableError where the disk is full.
 */
export async function claimJob(home: string, jobId: string, name = jobId): Promise<Claim> {
  const file = claimFile(home, jobId);
  const startTime = (await ownStartTime()) ?? '';
  try {
    await refuseIfRunning(home, jobId, name);
    await makeHomeFolder(home, 'running');
    await writeHomeFile(home, file, `${process.pid} ${startTime}`.trimEnd());
  } catch (error) {
    throw homeError(error, home);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  beat.unref();
  return {
    async release() {
      clearInterval(beat);
      await rm(file, { force: true });
    },
  };
}

/**
 * Refuses a job that another live process runs.
 *
 * @param name the job for people, as of `jobName`.
 * @throws JobRunningError
 */
export async function refuseIfRunning(home: string, jobId: string, name = jobId): Promise<void> {
  const pid = await runnerOf(home, jobId);
  if (pid === undefined || pid === process.pid) return;
  throw new JobRunningError(`Job ${name} is being run by process ${pid} on this machine.`, {
    changed: 'Nothing was changed.',
    next: `Watch it with: lifeboat jobs timeline ${jobId}`,
  });
}

/** The id of the live process that runs a job; undefined when none does. */
export async function runnerOf(home: string, jobId: string): Promise<number | undefined> {
  const file = claimFile(home, jobId);
  try {
    const [pid, startTime] = (await readFile(file, 'utf8')).split(' ');
    const { mtimeMs } = await stat(file);
    const runs = Date.now() - mtimeMs < STALE_MS && (await isAlive(Number(pid), startTime));
    return runs ? Number(pid) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Whether a job has begun and no living process of this machine works on it: it was killed, or asked to stop, and goes on once it
 * is resumed.
 */
export async function isInterrupted(
  home: string,
  { jobId, status }: Pick<JobSummary, 'jobId' | 'status'>,
): Promise<boolean> {
  return !isFinal(status) && (await runnerOf(home, jobId)) === undefined;
}

/** The jobs whose claim was not released and whose process is gone: it was killed while it worked on them. */
export async function leftRunning(home: string): Promise<string[]> {
  const files = await readdir(join(home, 'running')).catch(() => []);
  const left: string[] = [];
  for (const file of files) {
    const jobId = file.replace(/\.pid$/, '');
    if (jobId !== file && (await runnerOf(home, jobId)) === undefined) left.push(jobId);
  }
  return left;
}

/** Removes the claim that a dead process left behind on a job of which nothing is left to be done. */
export async function dropLeftClaim(home: string, jobId: string): Promise<void> {
  if ((await runnerOf(home, jobId)) === undefined) await rm(claimFile(home, jobId), { force: true });
}

function claimFile(home: string, jobId: string): string {
  return join(home, 'running', `${jobId}.pid`);
}
