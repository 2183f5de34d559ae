import { HistoryUnavailableError } from '../../core/jobs/errors.ts';
import { findOwner, PATIENCE_MS, silentOwner } from './find-owner.ts';
import type { TableOwner } from './own-table.ts';
import type { TableCard } from './table-card.ts';
import { isRefusal } from './table-engine.ts';
import { NOT_THE_TABLE, STRANGER } from './table-server.ts';

/** The way to the history of a home, whoever owns it at the moment. */
export interface TableReach {
  /**
   * Makes a call to the owner: another process, or this one when there is no other. When the owner is gone, this
   * process or a third becomes the owner and the call is made again: calls must be safe to repeat.
   *
   * @param make is told whose card it is when this process is the owner.
   * @throws LocalHomeError, HistoryUnavailableError, HistoryDamagedError, HistoryLostError, or what the call fails with.
   */
  call<T>(make: (card: TableCard, own: TableOwner | undefined) => Promise<T>): Promise<T>;
  /** Gives the history up if this process owns it. Calls made later fail. */
  close(): Promise<void>;
}

/**
 * Looks for the owner when it is first needed, and again whenever it is lost.
 *
 * @param home real path of a folder that is there.
 */
export function reachTable(home: string): TableReach {
  let known: TableCard | undefined;
  let historyId: string | undefined;
  let own: TableOwner | undefined;
  let finding: Promise<TableCard> | undefined;
  let lettingGo: Promise<void> = Promise.resolve();
  let closed = false;

  const letGo = () => {
    const leaving = own;
    known = own = undefined;
    if (leaving !== undefined) lettingGo = leaving.close();
    return lettingGo;
  };
  // After a failed write LevelDB may lose the writes that follow, so it is closed here and opened anew by the next call.
  const onFailure = () => {
    letGo().catch(() => undefined);
  };

  const find = async (lost: TableCard | undefined) => {
    await lettingGo.catch(() => undefined);
    if (closed)
      throw new HistoryUnavailableError('The history was closed.', { changed: 'Nothing was changed.' });
    const found = await findOwner(home, lost, onFailure, historyId);
    // From now on no other history will do, least of all an empty one in a home that is made anew.
    historyId = found.historyId;
    own = found.own;
    known = found.card;
    return found.card;
  };

  return {
    async call(make) {
      const deadline = Date.now() + PATIENCE_MS;
      let card = known;
      for (;;) {
        // Calls that lose the owner at the same time look for the next one together.
        if (known === undefined) card = await (finding ??= find(card).finally(() => (finding = undefined)));
        else card = known;
        try {
          return await make(card, own);
        } catch (error) {
          if (!isGone(error)) throw error;
          if (Date.now() > deadline) throw silentOwner(home, error);
          if (known === card && own === undefined) known = undefined;
        }
      }
    },

    async close() {
      closed = true;
      await finding?.catch(() => undefined);
      await letGo();
    },
  };
}

const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', NOT_THE_TABLE]);

/** Whether nobody answered, or somebody who is not the owner that the card speaks of. */
function isGone(error: unknown): boolean {
  if (isRefusal(error)) return error.statusCode === STRANGER;
  return error instanceof Error && 'code' in error && GONE.has(String(error.code));
}
