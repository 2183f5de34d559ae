import { randomUUID } from 'node:crypto';
import { copyFile, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyChain } from '../../core/jobs/chain.ts';
import { HistoryUnavailableError } from '../../core/jobs/errors.ts';
import { isIntact } from '../../core/jobs/table/checksum.ts';
import type { Item } from '../../core/jobs/table/item.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import { createMarker, markerPath, type HistoryMarker } from '../history-marker.ts';
import { isAlive } from '../processes.ts';
import { damagedHistory, historyPath } from '../table/check-history.ts';
import { publishHistory } from '../table/publish-history.ts';
import { fingerprintOf, readLevelHome } from './read-level-home.ts';

/**
 * Copies the history that an earlier version of Lifeboat kept in LevelDB (the folder `table`) into SQLite, once. Every file of it
 * is checked, and every record and timeline that it holds. The folder stays as it is, as evidence; its marker becomes
 * `history-leveldb.json`, and earlier versions refuse the home from then on.
 *
 * @param marker of that history; undefined where it has none.
 * @returns the marker of the new history; undefined where there is no old one.
 * @throws HistoryDamagedError, HistoryUnavailableError when a process still uses the old history, or what the file system fails with.
 */
export async function migrateHome(
  home: string,
  marker: HistoryMarker | undefined,
): Promise<HistoryMarker | undefined> {
  const old = await readLevelHome(home, marker);
  if (old === undefined) return undefined;
  const owner = await livingOwner(home);
  if (owner !== undefined) throw stillUsed(home, `Process ${owner}`);
  verify(home, old.items);
  const id = randomUUID();
  const kept = join(home, 'history-leveldb.json');
  if (marker !== undefined) await copyFile(markerPath(home), kept);
  await publishHistory(home, id, old.items);
  const created = await createMarker(home, { id, written: old.items.length });
  // From here on an earlier version that has the old history open acknowledges nothing more.
  if ((await fingerprintOf(home)) === old.fingerprint) return created;
  if (marker === undefined) await rm(markerPath(home));
  else await rename(kept, markerPath(home));
  await rm(historyPath(home));
  throw stillUsed(home, 'Another process');
}

/** The process that an earlier version of Lifeboat says has the history open, if it lives. */
async function livingOwner(home: string): Promise<number | undefined> {
  try {
    const card = JSON.parse(await readFile(join(home, 'table.json'), 'utf8')) as Readonly<
      Record<string, unknown>
    >;
    const { pid, startTime } = card;
    if (typeof pid !== 'number' || typeof startTime !== 'string') return undefined;
    return (await isAlive(pid, startTime)) ? pid : undefined;
  } catch {
    // No card, or half of one: whoever wrote it is gone, or shows by what it writes.
    return undefined;
  }
}

function stillUsed(home: string, who: string): HistoryUnavailableError {
  return new HistoryUnavailableError(
    `${who}, an earlier version of Lifeboat, uses the history in ${home}, which is to be copied into a new file.`,
    { changed: 'Nothing was changed.', next: 'End it, then do this again.' },
  );
}

/** @throws HistoryDamagedError which names what is not as it was written. */
function verify(home: string, items: readonly Item[]): void {
  const timelines = new Map<string, TimelineEvent[]>();
  for (const item of items) {
    const what = `${item.pk} ${item.sk}`;
    if (!isIntact(item)) throw refused(home, `The item ${what} does not give its checksum`);
    if (!item.sk.startsWith('EVENT#')) continue;
    const timeline = timelines.get(item.pk) ?? [];
    timelines.set(item.pk, timeline);
    timeline.push(JSON.parse(String(item.document)) as TimelineEvent);
  }
  for (const [pk, events] of timelines) {
    const verdict = verifyChain(events.sort((one, other) => one.sequence - other.sequence));
    if (!verdict.ok)
      throw refused(
        home,
        `The timeline of ${pk.replace('JOB#', 'job ')} is broken: ${verdict.reason.replace(/\.$/, '')}`,
      );
  }
}

function refused(home: string, what: string) {
  return damagedHistory(
    home,
    `${what}, so the history of the earlier version in ${join(home, 'table')} was not taken over`,
  );
}
