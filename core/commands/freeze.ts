import { isoTime, type Clock } from '../clock.ts';
import { update } from '../jobs/update.ts';
import {
  standingFreeze,
  type Freeze,
  type FreezeEntry,
  type FreezeLog,
  type FreezeStore,
} from '../jobs/freeze.ts';

/** Somebody's wish to freeze, or to unfreeze. */
export type FreezeRequest = Omit<FreezeEntry, 'at'>;

/** What came of it. */
export interface Frozen {
  /** Absent when there was nothing to unfreeze. */
  readonly entry?: FreezeEntry;
  /** The freeze that stands now. */
  readonly freeze?: Freeze;
  readonly log: FreezeLog;
}

/** Entries that are kept: enough to look back, few enough for one item. */
const MOST_ENTRIES = 100;

/**
 * Freezes the installation, or ends the freeze. From then on every process and function that shares the history refuses what is
 * new. To freeze again adds to the freeze that stands; to unfreeze what is not frozen changes nothing.
 *
 * @throws JobConflictError, HistoryUnavailableError
 */
export async function changeFreeze(request: FreezeRequest, jobs: FreezeStore, clock: Clock): Promise<Frozen> {
  return update(async () => {
    const log = await jobs.freezes();
    if (request.act === 'unfreeze' && standingFreeze(log) === undefined) return { log };
    const entry = { ...request, at: isoTime(clock.now()) };
    const saved = await jobs.saveFreezes({ ...log, entries: kept([...log.entries, entry]) });
    const freeze = standingFreeze(saved);
    return { entry, log: saved, ...(freeze !== undefined && { freeze }) };
  });
}

/** The newest entries, and always the first of the freeze that stands. */
function kept(entries: readonly FreezeEntry[]): FreezeEntry[] {
  const newest = entries.slice(-MOST_ENTRIES);
  const first = standingFreeze({ version: 0, entries })?.by[0];
  return first === undefined || newest.includes(first) ? newest : [first, ...newest.slice(1)];
}
