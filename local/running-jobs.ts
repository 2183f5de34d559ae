import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LifeboatError } from '../core/errors.ts';

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
 * @throws JobRunningError
 */
export async function claimJob(home: string, jobId: string): Promise<Claim> {
  const file = claimFile(home, jobId);
  await refuseIfRunning(home, jobId);
  await mkdir(join(home, 'running'), { recursive: true, mode: 0o700 });
  await writeFile(file, String(process.pid), { mode: 0o600 });
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
 * @throws JobRunningError
 */
export async function refuseIfRunning(home: string, jobId: string): Promise<void> {
  const pid = await runnerOf(home, jobId);
  if (pid === undefined || pid === process.pid) return;
  throw new JobRunningError(`Job ${jobId} is being run by process ${pid} on this machine.`, {
    changed: 'Nothing was changed.',
    next: `Watch it with: lifeboat jobs timeline ${jobId}`,
  });
}

/** The id of the live process that runs a job; undefined when none does. */
export async function runnerOf(home: string, jobId: string): Promise<number | undefined> {
  const file = claimFile(home, jobId);
  try {
    const pid = Number(await readFile(file, 'utf8'));
    const { mtimeMs } = await stat(file);
    return Date.now() - mtimeMs < STALE_MS && isAlive(pid) ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function claimFile(home: string, jobId: string): string {
  return join(home, 'running', `${jobId}.pid`);
}
