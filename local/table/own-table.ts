import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureTable } from './ensure-table.ts';
import { removeCard, writeCard, type TableCard } from './table-card.ts';
import { isRefusal, openEngine, type TableEngine } from './table-engine.ts';
import { failureOf, NOT_THE_TABLE, serveTable } from './table-server.ts';

/** This process's hold on the history of a home. */
export interface TableOwner {
  readonly card: TableCard;
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
 * processes, and the operating system gives it up for one that is killed.
 *
 * @param home real path of a folder that is there.
 * @param onFailure called when LevelDB failed: close the owner and take the history again.
 * @returns undefined when somebody holds it already.
 * @throws what LevelDB or the file system fail with.
 */
export async function ownTable(home: string, onFailure: () => void): Promise<TableOwner | undefined> {
  if (heldHere.has(home)) return undefined;
  heldHere.add(home);
  try {
    const engine = await openUnlessLocked(join(home, 'table'));
    if (engine === undefined) {
      heldHere.delete(home);
      return undefined;
    }
    return await serve(home, engine, onFailure);
  } catch (error) {
    heldHere.delete(home);
    throw error;
  }
}

async function openUnlessLocked(folder: string): Promise<TableEngine | undefined> {
  try {
    return await openEngine(folder);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause && cause.code === 'LEVEL_LOCKED') return undefined;
    throw error;
  }
}

async function serve(home: string, engine: TableEngine, onFailure: () => void): Promise<TableOwner> {
  try {
    await ensureTable(engine);
    const accessKeyId = randomBytes(32).toString('base64url');
    const server = await serveTable({ engine, accessKeyId, onFailure });
    const here = callsFromHere(engine, onFailure);
    const card = { pid: process.pid, port: server.port, accessKeyId };
    const close = async () => {
      await removeCard(home).catch(() => undefined);
      await Promise.all([server.close(), here.close()]);
      await engine.close();
      heldHere.delete(home);
    };
    await writeCard(home, card).catch(async (error: unknown) => {
      await server.close();
      throw error;
    });
    return { card, perform: here.perform, close };
  } catch (error) {
    await engine.close();
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
