import type { Item } from '../../../core/jobs/table/item.ts';
import type { Table } from '../../../core/jobs/table/table.ts';
import type { Effect } from './effects.ts';
import type { Ground } from './ground.ts';

/** Lets an effect happen, or not. */
export type Wire = <T>(effect: Omit<Effect<T>, 'task'>) => Promise<T>;

/**
 * The history's table as a process reaches it: every write is an effect.
 *
 * @param goOn waits until the process may go on.
 */
export function wiredTable({ table }: Ground, wire: Wire, goOn: () => Promise<void>): Table {
  const write = (name: string, perform: () => Promise<boolean>) =>
    wire({
      kind: 'write',
      name,
      perform,
      unanswered: () => Promise.reject(new NoAnswerError()),
      full: () => Promise.reject(new Error('ENOSPC: no space left on device, write')),
    });
  const read = async <T>(ask: () => Promise<T>): Promise<T> => {
    await goOn();
    return ask();
  };
  return {
    tableName: table.tableName,
    getItem: (key) => read(() => table.getItem(key)),
    query: (query) => read(() => table.query(query)),
    queryIndex: (query) => read(() => table.queryIndex(query)),
    putItem: (item, condition) => write(methodOf(item), () => table.putItem(item, condition)),
  };
}

/** How the SDK tells of a table that does not answer, once it has given up. */
class NoAnswerError extends Error {
  override readonly name = 'TimeoutError';
}

/** The method of the job store that writes an item. */
function methodOf({ pk, sk, version, givenBack }: Item): string {
  if (sk === 'JOB') return version === 1 ? 'create' : 'save';
  if (sk.startsWith('EVENT#')) return 'append';
  if (sk === 'LEASE') return givenBack === undefined ? 'takeLease' : 'giveBackLease';
  if (pk.startsWith('DURATIONS#')) return 'learnDuration';
  throw new TypeError(`${pk} ${sk} is written by no method that is known here.`);
}
