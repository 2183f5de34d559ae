import { setTimeout } from 'node:timers/promises';
import { HistoryUnavailableError } from '../../core/jobs/errors.ts';
import { readMarker } from '../history-marker.ts';
import { isAlive } from '../processes.ts';
import { historyLost, homeError } from './local-home.ts';
import { ownTable, type TableOwner } from './own-table.ts';
import { readCard, type TableCard } from './table-card.ts';

/** How long to look for an owner that answers, in milliseconds. */
export const PATIENCE_MS = 10_000;
/** Between two looks while somebody else is taking or giving up the history, in milliseconds. */
const LOOK_AGAIN_MS = 20;

/** Who owns the history of a home; `own` is there when it is this process, and only just now. */
export interface FoundOwner {
  readonly card: TableCard;
  /** Undefined when an earlier version of Lifeboat owns a history that has no marker yet. */
  readonly historyId: string | undefined;
  readonly own?: TableOwner;
}

/**
 * Finds the process that owns the history of a home, or makes this one the owner when there is none.
 *
 * @param lost the owner that was known and did not answer.
 * @param onFailure see {@link ownTable}.
 * @param expected id of the history that it must be; undefined for whichever is there.
 * @throws LocalHomeError, HistoryUnavailableError, HistoryDamagedError or HistoryLostError.
 */
export async function findOwner(
  home: string,
  lost: TableCard | undefined,
  onFailure: () => void,
  expected?: string,
): Promise<FoundOwner> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let locked = false; Date.now() < deadline; locked = true) {
    if (locked) await setTimeout(LOOK_AGAIN_MS);
    const card = await readCard(home);
    // Once the lock was refused somebody lives who holds it: the card is theirs, or soon will be.
    if (card !== undefined && (locked || (await isOfLivingOwner(card, lost))))
      return { card, historyId: await idOf(home, expected) };
    const own = await ownTable(home, onFailure, expected).catch((error: unknown) => {
      throw homeError(error, home);
    });
    if (own !== undefined) return { card: own.card, historyId: own.historyId, own };
  }
  throw silentOwner(home);
}

/**
 * Whether a card is of a process that lives. The number alone does not tell: another process may have it by now, and another
 * program the port. Then the lock is asked, which costs nothing but a moment.
 */
async function isOfLivingOwner(
  { pid, startTime, accessKeyId }: TableCard,
  lost: TableCard | undefined,
): Promise<boolean> {
  return accessKeyId !== lost?.accessKeyId && startTime !== undefined && (await isAlive(pid, startTime));
}

/** The id of the history that another process owns. */
async function idOf(home: string, expected: string | undefined): Promise<string | undefined> {
  const marker = await readMarker(home).catch((error: unknown) => {
    throw homeError(error, home);
  });
  if (expected !== undefined && marker?.id !== expected) throw historyLost(home);
  return marker?.id;
}

/** Somebody holds the lock on the history, and cannot be talked to. */
export function silentOwner(home: string, cause?: unknown): HistoryUnavailableError {
  return new HistoryUnavailableError(`Another process holds the history in ${home} and does not answer.`, {
    changed: 'The last write to the history may or may not have arrived; writing it again is safe.',
    next: 'End the other Lifeboat process that uses this home, or set LIFEBOAT_HOME to another folder.',
    cause,
  });
}
