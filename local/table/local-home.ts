import { mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { LifeboatError } from '../../core/errors.ts';
import { HistoryLostError, HistoryUnavailableError } from '../../core/jobs/errors.ts';
import { damagedHistory, historyPath } from './check-history.ts';

/** The folder that Lifeboat keeps its files in cannot be used. */
export class LocalHomeError extends LifeboatError {
  override readonly name = 'LocalHomeError';
  override readonly retryable = false;
}

/**
 * Makes the home folder if it is not there, readable by its owner alone, and gives its real path.
 *
 * @throws LocalHomeError when it cannot be made or is not a folder.
 * @throws HistoryUnavailableError when the disk is full.
 */
export async function prepareHome(home: string): Promise<string> {
  const path = resolve(home);
  try {
    await makeFolder(path);
    return await realpath(path);
  } catch (error) {
    throw homeError(error, path);
  }
}

/** Makes a folder and those above it. Node's `recursive` never returns where the system says ENOENT, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || (await isThere(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

const FULL = /ENOSPC|EDQUOT|EFBIG|SQLITE_FULL/;
const NOT_A_FOLDER = /EEXIST|ENOTDIR|Not a directory/;
const DAMAGED = /SQLITE_(?:CORRUPT|NOTADB)/;
/** What SQLite calls every failure to write but a full disk. */
const UNWRITABLE = /SQLITE_IOERR_(?:WRITE|FSYNC|TRUNCATE)/;
const BUSY = /SQLITE_(?:BUSY|LOCKED)/;

/** One sentence for what went wrong with the files of a home: an error of Node, or of SQLite. */
export function homeError(error: unknown, home: string): LifeboatError {
  if (error instanceof LifeboatError) return error;
  const reason = reasonOf(error);
  const changed = 'What was written to the history before is kept.';
  if (FULL.test(reason)) {
    return new HistoryUnavailableError(
      `The disk that holds ${home} is full: the history cannot be written.`,
      {
        changed,
        // Whoever runs a job says how to go on with it.
        next: 'Make room on that disk.',
        cause: reason,
      },
    );
  }
  if (UNWRITABLE.test(reason)) {
    return new HistoryUnavailableError(
      `The history in ${home} could not be written: the disk has failed, or a quota or a limit for files is used up.`,
      { changed, next: 'Check that disk and its quotas.', cause: reason },
    );
  }
  if (BUSY.test(reason)) {
    return new HistoryUnavailableError(
      `Another process holds the history in ${home} and does not let it go.`,
      {
        changed: 'The last write to the history was not made; writing it again is safe.',
        next: 'End the other Lifeboat process that uses this home, or set LIFEBOAT_HOME to another folder.',
        cause: reason,
      },
    );
  }
  if (DAMAGED.test(reason)) return damagedHistory(home, `${historyPath(home)} cannot be read`, reason);
  const file = fileIn(home, error);
  const why = file === undefined ? inWords(reason) : `${file}: ${inWords(reason)}`;
  const isNoFolder = file === undefined && NOT_A_FOLDER.test(reason);
  return new LocalHomeError(
    `The home of Lifeboat, ${home}, ${isNoFolder ? 'is not a folder' : `cannot be used: ${why}`}.`,
    {
      changed: 'Nothing was changed.',
      next:
        file === undefined
          ? 'Set LIFEBOAT_HOME to a folder that you may write to.'
          : `Give yourself access to ${file}, or set LIFEBOAT_HOME to a folder that you may write to.`,
      cause: reason,
    },
  );
}

/** The file within a home that a call failed on; undefined where it was the home itself, or SQLite that names none. */
function fileIn(home: string, error: unknown): string | undefined {
  const path = error instanceof Error && 'path' in error ? String(error.path) : '';
  return path.startsWith(`${resolve(home)}${sep}`) ? path : undefined;
}

/** The home of a process was removed, moved or replaced while the process was using it. */
export function historyLost(home: string): HistoryLostError {
  return new HistoryLostError(
    `The history of jobs in ${home} was removed, moved or replaced while it was in use.`,
    {
      changed:
        'Lifeboat wrote nothing in its place. What was recorded of jobs is no longer there; what Atlas was asked for before goes on in Atlas.',
      next: `Check the restore jobs of each target in Atlas before you start another job. Then put ${home} back where it was, or restore it from a backup, and run: lifeboat jobs list`,
    },
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's messages begin with the code, SQLite's do not hold it.
  const code = 'code' in error ? String(error.code) : '';
  return error.message.startsWith(code) ? error.message : `${code} ${error.message}`;
}

/** `EACCES: permission denied, mkdir '/x'` says which call failed, which is of no use to a person. */
function inWords(reason: string): string {
  return (/^E[A-Z]+: ([^,]+)/.exec(reason)?.[1] ?? reason).replace(/^SQLITE_\w+ /, '').replace(/\.$/, '');
}
