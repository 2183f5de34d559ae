import { readdirSync, readFileSync, statSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { readLevelLog } from './level/log.ts';
import { readManifest } from './level/manifest.ts';

/**
 * Whether the files of a history that this process has open are still where they were opened. On Linux and macOS a file that was
 * removed or moved can be written to as before, and what is written is gone with the process.
 *
 * @param folder of the table, which is open.
 * @returns a check that takes microseconds while no file comes or goes.
 */
export function watchPlace(folder: string): () => boolean {
  const first = statSync(folder, { bigint: true });
  let known = first.mtimeNs;
  let names: readonly string[] = readdirSync(folder);
  return () => {
    const now = statSync(folder, { bigint: true, throwIfNoEntry: false });
    if (now === undefined || !isSame(now, first)) return false;
    if (now.mtimeNs === known) return true;
    const present = filesIfWhole(folder, names);
    if (present === undefined) return false;
    names = present;
    known = now.mtimeNs;
    return true;
  };
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}

/** The names in a folder, if none is missing that the manifest names, and no log that was there before and is still needed. */
function filesIfWhole(folder: string, before: readonly string[]): readonly string[] | undefined {
  for (let last: Buffer | undefined; ;) {
    const manifest = manifestOf(folder);
    if (manifest === undefined) return undefined;
    const { logNumber, tables } = readManifest(readLevelLog(manifest).records);
    const names = readdirSync(folder);
    const logs = before.filter((name) => name.endsWith('.log') && Number.parseInt(name, 10) >= logNumber);
    const areTables = [...tables.keys()].every((number) =>
      names.some((name) => /\.(?:ldb|sst)$/.test(name) && Number.parseInt(name, 10) === number),
    );
    if (areTables && logs.every((name) => names.includes(name))) return names;
    // LevelDB removes what it no longer needs after it has said so in the manifest: what is missing may be what it just removed.
    if (last?.equals(manifest) === true) return undefined;
    last = manifest;
  }
}

function manifestOf(folder: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, readFileSync(join(folder, 'CURRENT'), 'latin1').trim()));
  } catch {
    return undefined;
  }
}
