import { readFile } from 'node:fs/promises';

/** What the system says of this process, asked once: a thousand jobs that begin together would each take 64 KB to read it. */
let ownStat: ReturnType<typeof processStat> | undefined;

/** When this process began, as the system counts it; undefined where it does not tell. */
export async function ownStartTime(): Promise<string | undefined> {
  return (await (ownStat ??= processStat(process.pid)))?.startTime;
}

/** Whether the process that had this number at `startTime`, where that is known, still runs. */
export async function isAlive(pid: number, startTime: string | undefined): Promise<boolean> {
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
