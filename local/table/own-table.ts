import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createMarker, openMarker, readMarker, type OpenMarker } from '../history-marker.ts';
import { ownStartTime } from '../processes.ts';
import { checkTable } from './check-table.ts';
import { ensureTable } from './ensure-table.ts';
import { historyLost } from './local-home.ts';
import { removeCard, writeCard, type TableCard } from './table-card.ts';
import { isRefusal, openEngine, type EngineOptions, type TableEngine } from './table-engine.ts';
import { watchPlace } from './table-place.ts';
import { failureOf, NOT_THE_TABLE, serveTable } from './table-server.ts';

/** This process's hold on the history of a home. */
export interface TableOwner {
  readonly card: TableCard;
  /** Of the marker of the home. */
  readonly historyId: string;
  /**
   * Carries out an operation as the server does for other processes, without the way there and back.
   *
   * @throws a refusal, or an error whose `code` is NOT_THE_TABLE once this process lets go.
   */
  perform(operation: string, input: unknown): Promise<unknown>;
  /** Lets go, so that another process may take it. */
  close(): Promise<void>;
}

/**
 * The homes that this process holds. LevelDB must not be asked for one of them again: its lock belongs to the process,
 * and the refused second opening would give up the lock of the first.
 */
const heldHere = new Set<string>();

/**
 * Takes the history of a home for this process, serves it and puts up the card. LevelDB's lock decides between
 * processes, and the operating system gives it up for one that is killed. Its files are checked before LevelDB may touch them.
 *
 * @param home real path of a folder that is there.
 * @param onFailure called when LevelDB failed: close the owner and take the history again.
 * @param expected id of the history that it must be; undefined for whichever is there, or a new one.
 * @returns undefined when somebody holds it already.
 * @throws HistoryDamagedError, HistoryLostError, or what LevelDB or the file system fail with.
 */
export async function ownTable(
  home: string,
  onFailure: () => void,
  expected?: string,
): Promise<TableOwner | undefined> {
  if (heldHere.has(home)) return undefined;
  heldHere.add(home);
  try {
    const history = await openHistoryFiles(home, expected);
    if (history === undefined) {
      heldHere.delete(home);
      return undefined;
    }
    return await serve(home, history, onFailure);
  } catch (error) {
    heldHere.delete(home);
    throw error;
  }
}

/** The open files of a history. */
interface HistoryFiles {
  readonly engine: TableEngine;
  readonly historyId: string;
  close(): Promise<void>;
}

async function openHistoryFiles(home: string, expected?: string): Promise<HistoryFiles | undefined> {
  const folder = join(home, 'table');
  for (;;) {
    if (expected !== undefined && (await readMarker(home))?.id !== expected) throw historyLost(home);
    const { isNew, written, marker } = await checkTable(home);
    let open: OpenMarker | undefined;
    const onDisk = (entries: number) => open?.add(entries);
    const engine = await openUnlessLocked(folder, { createIfMissing: isNew, onDisk });
    if (engine === undefined) return undefined;
    try {
      // What making the table wrote is counted when the files are read again.
      if (await ensureTable(engine)) {
        await engine.close();
        continue;
      }
      const { id } = marker ?? (await createMarker(home, written));
      open = openMarker(home, { id, written });
      return filesOf(folder, engine, open, id);
    } catch (error) {
      open?.close();
      await engine.close();
      throw error;
    }
  }
}

function filesOf(folder: string, engine: TableEngine, marker: OpenMarker, historyId: string): HistoryFiles {
  const isFolderInPlace = watchPlace(folder);
  const perform = async (operation: string, input: unknown) => {
    const result = await engine.perform(operation, input);
    if (marker.isInPlace() && isFolderInPlace()) return result;
    throw new Error(`The files of the history are no longer in ${folder}.`);
  };
  return {
    engine: { ...engine, perform },
    historyId,
    close: async () => {
      await engine.close();
      marker.close();
    },
  };
}

async function openUnlessLocked(folder: string, options: EngineOptions): Promise<TableEngine | undefined> {
  try {
    return await openEngine(folder, options);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED') return undefined;
    throw error;
  }
}

async function serve(home: string, files: HistoryFiles, onFailure: () => void): Promise<TableOwner> {
  const { engine, historyId } = files;
  try {
    const accessKeyId = randomBytes(32).toString('base64url');
    const server = await serveTable({ engine, accessKeyId, onFailure });
    const here = callsFromHere(engine, onFailure);
    const startTime = await ownStartTime();
    const card = {
      pid: process.pid,
      ...(startTime !== undefined && { startTime }),
      ...{ port: server.port, accessKeyId },
    };
    const close = async () => {
      await removeCard(home, card).catch(() => undefined);
      await Promise.all([server.close(), here.close()]);
      await files.close();
      heldHere.delete(home);
    };
    await writeCard(home, card).catch(async (error: unknown) => {
      await server.close();
      throw error;
    });
    return { card, historyId, perform: here.perform, close };
  } catch (error) {
    await files.close();
    throw error;
  }
}

/** The way in for calls of this process: what is under way when it closes is finished, what comes later is refused. */
function callsFromHere(engine: TableEngine, onFailure: () => void) {
  const active = new Set<Promise<unknown>>();
  let isOpen = true;
  const carryOut = async (operation: string, input: unknown) => {
    try {
      return await engine.perform(operation, input);
    } catch (error) {
      if (isRefusal(error)) throw error;
      onFailure();
      throw Object.assign(new Error('LevelDB failed.'), failureOf(error));
    }
  };
  const perform = async (operation: string, input: unknown): Promise<unknown> => {
    if (!isOpen) throw Object.assign(new Error('The table was let go.'), { code: NOT_THE_TABLE });
    const work = carryOut(operation, input);
    active.add(work);
    try {
      return await work;
    } finally {
      active.delete(work);
    }
  };
  return {
    perform,
    close: async () => {
      isOpen = false;
      await Promise.allSettled(active);
    },
  };
}
