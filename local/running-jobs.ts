import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { LifeboatError } from '../core/errors.ts';
import { makeHomeFolder, writeHomeFile } from './home-modes.ts';

/** Another process on this machine runs the job right now. */
export class JobRunningError extends LifeboatError {
  override readonly name = 'JobRunningError';
  override readonly retryable = false;
}

/** What the system says of this process, asked once: a thousand jobs that begin together would each take 64 KB to read it. */
let ownStat: ReturnType<typeof processStat> | undefined;

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
  await makeHomeFolder(home, 'running');
  const startTime = (await (ownStat ??= processStat(process.pid)))?.startTime ?? '';
  await writeHomeFile(home, file, `${process.pid} ${startTime}`.trimEnd());
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
    const [pid, startTime] = (await readFile(file, 'utf8')).split(' ');
    const { mtimeMs } = await stat(file);
    const runs = Date.now() - mtimeMs < STALE_MS && (await isAlive(Number(pid), startTime));
    return runs ? Number(pid) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the process that had this number at `startTime`, where that is known, still runs. */
async function isAlive(pid: number, startTime: string | undefined): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || !hasNumber(pid)) return false;
  const found = await processStat(pid);
  if (found === undefined) return true;
  // Ended, and not yet fetched by its parent: it keeps its number and does nothing any more.
  if (['Z', 'X'].includes(found.state)) return false;
  return startTime === undefined || startTime === found.startTime;
}

/** Whether some process has this number. */
function hasNumber(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * State and start time (ticks since the machine started) of a process: fields 3 and 22 of `/proc/PID/stat` (Linux,
 * proc_pid_stat(5)). Undefined where it can't be read. The name before them may hold anything, so what counts is its last
 * bracket.
 */
async function processStat(pid: number): Promise<{ state: string; startTime: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const [state, ...rest] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  const startTime = rest[18];
  return state === undefined || startTime === undefined ? undefined : { state, startTime };
}

function claimFile(home: string, jobId: string): string {
  return join(home, 'running', `${jobId}.pid`);
}
