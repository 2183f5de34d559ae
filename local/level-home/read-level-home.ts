import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item } from '../../core/jobs/table/item.ts';
import type { HistoryMarker } from '../history-marker.ts';
import { damagedHistory } from '../table/check-history.ts';
import { entriesInBatch, keepNewest, type Newest } from './entries.ts';
import { readLevelLog } from './log.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { entriesInTable } from './table-file.ts';

/** The history of a home that an earlier version of Lifeboat kept in LevelDB. */
export interface LevelHistory {
  readonly items: readonly Item[];
  /** Changes whenever a process writes to it. */
  readonly fingerprint: string;
}

/** What is wrong with the files: a file and what it lacks, as a sentence that begins with `what`. */
class Fault extends Error {}

/**
 * Reads the history of an older home, and changes nothing. Verifies whether each file is there, has the length it should have and
 * gives its checksums, and whether the last entry that was acknowledged is among them.
 *
 * @param home real path of a folder.
 * @param marker of that history; undefined where it has none.
 * @returns undefined where there is no such history, or one that was barely begun.
 * @throws HistoryDamagedError which names the file, or what the file system fails with.
 */
export async function readLevelHome(
  home: string,
  marker: HistoryMarker | undefined,
): Promise<LevelHistory | undefined> {
  const before = await fingerprintOf(home);
  try {
    const entries = await readFiles(home, marker);
    return entries === undefined ? undefined : { items: itemsIn(entries), fingerprint: before };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw damagedHistory(home, error.message);
  }
}

async function readFiles(home: string, marker: HistoryMarker | undefined): Promise<Newest | undefined> {
  const folder = join(home, 'table');
  const names = await namesIn(folder);
  if (names === undefined || isBarelyBegun(names)) {
    if (marker === undefined) return undefined;
    throw new Fault(
      `${folder} holds no history, although ${join(home, 'history.json')} says that there was one`,
    );
  }
  const entries: Newest = new Map();
  const manifest = await currentManifest(folder);
  for (const [number, size] of manifest.tables) await readTableFile(folder, names, number, size, entries);
  const written = await readLogs(folder, names, manifest, marker?.written, entries);
  if (marker !== undefined && written < marker.written) {
    throw new Fault(
      `The end of the history in ${folder} is missing: ${marker.written} entries were written, and it holds ${written}`,
    );
  }
  return entries;
}

/** How the keys of items begin; those of the indexes begin otherwise. */
const ITEMS = 'item-lifeboat~';

function itemsIn(entries: Newest): Item[] {
  const values = [...entries].flatMap(([key, { value }]) =>
    key.startsWith(ITEMS) && value !== undefined ? [value] : [],
  );
  return values.map((value) => {
    const attributes = JSON.parse(value.toString('utf8')) as Record<string, { S?: string; N?: string }>;
    const plain = Object.entries(attributes).map(([name, { S, N }]) => [name, S ?? Number(N)] as const);
    return Object.fromEntries(plain) as Item;
  });
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

async function readTableFile(
  folder: string,
  names: readonly string[],
  number: number,
  size: number,
  into: Newest,
): Promise<void> {
  const digits = numbered(number);
  const name = names.find((one) => one === `${digits}.ldb` || one === `${digits}.sst`) ?? `${digits}.ldb`;
  const path = join(folder, name);
  const file = await contentsOf(path);
  if (file.length !== size) throw new Fault(`${path} is ${file.length} bytes long and should be ${size}`);
  const entries = entriesInTable(file);
  if (entries === undefined) throw new Fault(`${path} is damaged`);
  for (const entry of entries) keepNewest(into, entry);
}

/**
 * Reads the logs, and gives the number of the last entry. Entries are numbered one after the other, so a log that is missing, or
 * an older manifest, shows as a gap.
 */
async function readLogs(
  folder: string,
  names: readonly string[],
  manifest: Manifest,
  acknowledged = Infinity,
  into: Newest,
): Promise<number> {
  let last = manifest.lastSequence;
  const logs = logsOf(names, manifest);
  for (const [nth, number] of logs.entries()) {
    const path = join(folder, `${numbered(number)}.log`);
    const { records, end } = readLevelLog(await contentsOf(path));
    for (const record of records) {
      const entries = entriesInBatch(record);
      if (entries === undefined) throw new Fault(`${path} is damaged`);
      const first = entries[0]?.sequence ?? last + 1;
      if (first > last + 1) throw new Fault(`Entries ${last + 1} to ${first - 1} are missing before ${path}`);
      for (const entry of entries) keepNewest(into, entry);
      last = Math.max(last, first + entries.length - 1);
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
export async function fingerprintOf(home: string): Promise<string> {
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
