import { HistoryUnavailableError } from '../../core/jobs/errors.ts';
import type { Table } from '../../core/jobs/table/table.ts';
import { openMarker, type OpenMarker } from '../history-marker.ts';
import { checkHistory, historyPath } from './check-history.ts';
import { openWriter, type Writer } from './connections.ts';
import { ensureHistory } from './create-history.ts';
import { historyLost, homeError, prepareHome } from './local-home.ts';
import { sqliteTable } from './sqlite-table.ts';
import { watchFiles } from './watch-files.ts';

/** The history's table on this machine, ready for use. */
export interface OpenTable extends Table {
  /** Leaves nothing to be written. Other processes that use the same home go on. */
  close(): Promise<void>;
}

/** Bytes of the log after which it is copied into the file, which takes some flushes; a long log makes reading slower. */
const LONGEST_LOG = 16 * 1024 * 1024;

const COPY_LOG = 'PRAGMA wal_checkpoint(TRUNCATE)';

/**
 * Opens the history in a home folder; both are made if they are not there. Any number of processes may have one home open:
 * SQLite lets them read at the same time, and write one after the other.
 *
 * @throws LocalHomeError when the folder cannot be used.
 * @throws HistoryDamagedError when files of the history are missing or damaged; nothing was written then.
 * @throws HistoryUnavailableError when the disk is full, or another process holds the lock for too long.
 */
export async function openTable({ home }: { readonly home: string }): Promise<OpenTable> {
  const folder = await prepareHome(home);
  const explaining = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw homeError(error, folder);
    }
  };
  return explaining(() => openHistoryTable(folder, explaining));
}

async function openHistoryTable(
  home: string,
  explaining: <T>(call: () => Promise<T>) => Promise<T>,
): Promise<OpenTable> {
  const marker = await ensureHistory(home);
  const { reader } = await checkHistory(home, marker);
  const files = watchFiles(historyPath(home));
  let writing: { readonly writer: Writer; readonly marker: OpenMarker } | undefined;
  const active = new Set<Promise<unknown>>();
  let isClosed = false;
  const table = sqliteTable({
    reader,
    openWriter: async () => {
      const writer = await openWriter(historyPath(home));
      writing = { writer, marker: openMarker(home, marker) };
      return writer;
    },
    onDisk: async (written, writer) => {
      if (!files.areInPlace()) return;
      writing?.marker.set(written);
      // What is acknowledged stays acknowledged: a log that could not be copied now is copied later.
      if (files.logBytes() > LONGEST_LOG) await writer.run(COPY_LOG).catch(() => undefined);
    },
  });
  const call = <T>(ask: () => Promise<T>): Promise<T> =>
    explaining(async () => {
      if (isClosed)
        throw new HistoryUnavailableError('The history was closed.', { changed: 'Nothing was changed.' });
      const asked = ask();
      active.add(asked);
      try {
        const answer = await asked;
        if (files.areInPlace()) return answer;
      } catch (error) {
        if (files.areInPlace()) throw error;
      } finally {
        active.delete(asked);
      }
      throw historyLost(home);
    });
  return {
    tableName: table.tableName,
    getItem: (key) => call(() => table.getItem(key)),
    putItem: (item, condition) => call(() => table.putItem(item, condition)),
    query: (query) => call(() => table.query(query)),
    queryIndex: (query) => call(() => table.queryIndex(query)),
    close: async () => {
      isClosed = true;
      await Promise.allSettled(active);
      reader.close();
      if (writing === undefined) return;
      // So that the file alone holds the history while no process uses it.
      if (files.areInPlace()) await writing.writer.run(COPY_LOG).catch(() => undefined);
      writing.writer.close();
      writing.marker.close();
    },
  };
}
