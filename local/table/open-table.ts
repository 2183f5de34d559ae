import type { GetItemCommandOutput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../core/jobs/table/table.ts';
import { TABLE_NAME } from './ensure-table.ts';
import { silentOwner } from './find-owner.ts';
import { homeError, prepareHome } from './local-home.ts';
import { reachTable } from './reach-table.ts';
import { isRefusal, type Refusal } from './table-engine.ts';
import { openWire } from './table-wire.ts';

/** The embedded table, ready for use. */
export interface OpenTable extends Table {
  /** Leaves no handle open. Other processes that use the same home go on. */
  close(): Promise<void>;
}

/**
 * Opens the history in a home folder, which is made if it is not there.
 *
 * Any number of processes may have one home open. The first owns the files and answers the others; when it ends or is
 * killed, the next call of one of the others takes its place, and no call fails for it.
 *
 * @throws LocalHomeError when the folder cannot be used.
 * @throws HistoryDamagedError when files of the history are missing or damaged; nothing was written then.
 * @throws HistoryUnavailableError when the disk is full, or another process holds the files and does not answer.
 */
export async function openTable({ home }: { readonly home: string }): Promise<OpenTable> {
  const folder = await prepareHome(home);
  const reach = reachTable(folder);
  // An unusable home is reported now and not at the first call.
  await reach.call(() => Promise.resolve());
  const wire = openWire();
  const ask = (operation: string, input: unknown) =>
    explaining(folder, () =>
      reach.call((card, own) =>
        own === undefined ? wire.ask(card, operation, input) : own.perform(operation, input),
      ),
    );
  return {
    tableName: TABLE_NAME,
    getItem: (input) => ask('GetItem', input) as Promise<GetItemCommandOutput>,
    putItem: (input) => ask('PutItem', input),
    query: (input) => ask('Query', input) as Promise<QueryCommandOutput>,
    close: async () => {
      wire.close();
      await reach.close();
    },
  };
}

/** `name` of what {@link refusalError} makes of a failure of LevelDB, and of one that says that nobody answered. */
const FAILED = 'InternalServerError';
const LATE = 'TimeoutError';

/** Makes a call, and says what its failure means. */
async function explaining<T>(home: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call().catch((error: unknown) => {
      // A process stopped for a while finds its own request timed out when it goes on, and LevelDB is opened anew after a
      // failure. Writes are safe to repeat.
      if (![FAILED, LATE].includes(inWords(error).name)) throw error;
      return call();
    });
  } catch (error) {
    const told = inWords(error);
    // LevelDB failed in the owner; the reason is in the message.
    if (told.name === FAILED) throw homeError(told, home);
    // The owner has the files open and is stopped, perhaps in the background of a shell.
    if (told.name === LATE) throw silentOwner(home, told.message);
    throw told;
  }
}

/** A refusal as an error named as DynamoDB names it; any other error as it is. */
function inWords(error: unknown): Error {
  if (isRefusal(error)) return refusalError(error);
  return error instanceof Error ? error : new Error(String(error));
}

function refusalError({ body }: Refusal): Error {
  const { __type = '', message = '' } = body as { readonly __type?: string; readonly message?: string };
  return Object.assign(new Error(message), { name: __type.split('#').at(-1) ?? '' });
}
