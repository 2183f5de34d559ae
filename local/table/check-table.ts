import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HistoryDamagedError } from '../../core/jobs/errors.ts';
import { readMarker, type HistoryMarker } from '../history-marker.ts';
import { readLevelLog } from './level/log.ts';
import { readManifest, type Manifest } from './level/manifest.ts';
import { isWholeTable } from './level/table-file.ts';

/** A history that may be opened. */
export interface CheckedTable {
  /** There is none yet: it is to be made. */
  readonly isNew: boolean;
  /** How many entries were ever written to it. */
  readonly written: number;
  readonly marker: HistoryMarker | undefined;
}

/** What is wrong with the files: a file and what it lacks, as a sentence that begins with `what`. */
class Fault extends Error {}

/** How often the files are read again while another process that begins to own them changes them, and milliseconds between. */
const ROUNDS = 10;
const READ_AGAIN_MS = 20;

/**
 * Reads all files of a history, before LevelDB, which repairs, drops and deletes what it does not understand, may open them:
 * whether each is there, has the length it should have, and gives its checksums, and whether the last entry that was
 * acknowledged is among them. Nothing is written.
 *
 * @param home real path of a folder.
 * @throws HistoryDamagedError which names the file, or what the file system fails with.
 */
export async function checkTable(home: string): Promise<CheckedTable> {
  for (let round = 1; ; round += 1) {
    // Read first: an owner that writes meanwhile makes the history longer than it says, never shorter.
    const marker = await readMarker(home);
    const before = await fingerprint(home);
    try {
      return await checkFiles(home, marker);
    } catch (error) {
      if (!(error instanceof Fault) && !isGone(error)) throw error;
      const changes = round < ROUNDS && (await fingerprint(home)) !== before;
      if (!changes) throw error instanceof Fault ? damaged(home, error.message) : error;
      await setTimeout(READ_AGAIN_MS);
    }
  }
}

async function checkFiles(home: string, marker: HistoryMarker | undefined): Promise<CheckedTable> {
  const folder = join(home, 'table');
  const names = await namesIn(folder);
  if (names === undefined || isBarelyBegun(names)) {
    const trace = marker === undefined ? await traceOf(home) : 'history.json';
    if (trace !== undefined)
      throw new Fault(`${folder} holds no history, although ${join(home, trace)} says that there was one`);
    return { isNew: true, written: 0, marker };
  }
  const manifest = await currentManifest(folder);
  for (const [number, size] of manifest.tables) await checkTableFile(folder, names, number, size);
  const written = await lastOf(folder, names, manifest, marker?.written);
  if (marker !== undefined && written < marker.written) {
    throw new Fault(
      `The end of the history in ${folder} is missing: ${marker.written} entries were written, and it holds ${written}`,
    );
  }
  return { isNew: false, written, marker };
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  return readdir(folder).catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
}

/** A process that was killed while it made the folder leaves these, with nothing in them. */
const BEGINNING = /^(?:LOCK|LOG|LOG\.old|MANIFEST-000001|\d{6}\.dbtmp)$/;

function isBarelyBegun(names: readonly string[]): boolean {
  return names.every((name) => BEGINNING.test(name));
}

/** A file that is only where jobs have been; undefined in a home that is new. */
async function traceOf(home: string): Promise<string | undefined> {
  const names = await readdir(home);
  if (names.includes('schedules.json')) return 'schedules.json';
  for (const folder of ['reports', 'simulator']) {
    const [first] = names.includes(folder) ? await readdir(join(home, folder)) : [];
    if (first !== undefined) return join(folder, first);
  }
  return undefined;
}

/** The manifest that CURRENT names. */
async function currentManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'CURRENT');
  const name = /^(MANIFEST-\d{6,})\n$/.exec((await contentsOf(path)).toString('latin1'))?.[1];
  if (name === undefined) throw new Fault(`${path} is damaged`);
  const manifestPath = join(folder, name);
  const log = readLevelLog(await contentsOf(manifestPath));
  if (log.end === 'damaged' || log.records.length === 0) throw new Fault(`${manifestPath} is damaged`);
  try {
    return readManifest(log.records);
  } catch {
    throw new Fault(`${manifestPath} is damaged`);
  }
}

async function checkTableFile(
  folder: string,
  names: readonly string[],
  number: number,
  size: number,
): Promise<void> {
  const digits = numbered(number);
  const name = names.find((one) => one === `${digits}.ldb` || one === `${digits}.sst`) ?? `${digits}.ldb`;
  const path = join(folder, name);
  const file = await contentsOf(path);
  if (file.length !== size) throw new Fault(`${path} is ${file.length} bytes long and should be ${size}`);
  if (!isWholeTable(file)) throw new Fault(`${path} is damaged`);
}

/**
 * The number of the last entry. Entries are numbered one after the other, so a log that is missing, or an older manifest, shows
 * as a gap.
 */
async function lastOf(
  folder: string,
  names: readonly string[],
  manifest: Manifest,
  acknowledged = Infinity,
): Promise<number> {
  let last = manifest.lastSequence;
  const logs = logsOf(names, manifest);
  for (const [nth, number] of logs.entries()) {
    const path = join(folder, `${numbered(number)}.log`);
    const { records, end } = readLevelLog(await contentsOf(path));
    for (const record of records) {
      const { first, count } = batchOf(record, path);
      if (first > last + 1) throw new Fault(`Entries ${last + 1} to ${first - 1} are missing before ${path}`);
      last = Math.max(last, first + count - 1);
    }
    // A process that is killed may leave a part of the entry that it wrote, and a power cut anything: nobody was told of it.
    const isLast = nth === logs.length - 1;
    if (end === 'damaged' && !(isLast && last >= acknowledged)) throw new Fault(`${path} is damaged`);
    if (end === 'cut' && !isLast) throw new Fault(`${path} is cut off`);
  }
  return last;
}

/** The logs that LevelDB would read, oldest first. */
function logsOf(names: readonly string[], { logNumber, previousLogNumber }: Manifest): number[] {
  return names
    .flatMap((name) => /^(\d+)\.log$/.exec(name)?.slice(1) ?? [])
    .map(Number)
    .filter((number) => number >= logNumber || (number === previousLogNumber && number !== 0))
    .sort((one, other) => one - other);
}

/** A record of a log: the number of its first entry (8 bytes) and how many it holds (4). */
function batchOf(record: Buffer, path: string): { readonly first: number; readonly count: number } {
  if (record.length < 12) throw new Fault(`${path} is damaged`);
  return { first: Number(record.readBigUInt64LE(0)), count: record.readUInt32LE(8) };
}

function numbered(number: number): string {
  return String(number).padStart(6, '0');
}

async function contentsOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isGone(error)) throw new Fault(`${path} is missing`);
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR')
      throw new Fault(`${path} is a folder`);
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Changes whenever another process writes to the folder. */
async function fingerprint(home: string): Promise<string> {
  const folder = join(home, 'table');
  const names = await readdir(folder).catch(() => []);
  const states = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size, mtimeMs, ino }) => [name, size, mtimeMs, ino].join(),
      () => name,
    ),
  );
  return (await Promise.all(states)).join('\n');
}

function damaged(home: string, what: string): HistoryDamagedError {
  return new HistoryDamagedError(`The history of jobs is damaged or incomplete. ${what}.`, {
    changed: `Nothing was changed: every file in ${home} is as it was found.`,
    next: `Restore the whole of ${home} from a backup, with no Lifeboat process running. Without a backup: the reports in ${join(home, 'reports')} can still be read; to begin a new history, set LIFEBOAT_HOME to another folder and keep this one.`,
  });
}
