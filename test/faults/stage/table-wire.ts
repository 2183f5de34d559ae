import type { Table } from '../../../core/jobs/table/table.ts';
import type { DynamoItem, MemoryDynamo } from '../../simulation/memory-dynamo.ts';
import { tableOver } from '../../support/table-over.ts';
import type { Effect } from './effects.ts';
import type { Ground } from './ground.ts';

/** Lets an effect happen, or not. */
export type Wire = <T>(effect: Omit<Effect<T>, 'task'>) => Promise<T>;

/** The history's table with nobody in between, for those who look afterwards and for people who decide. */
export function plainTable(dynamo: MemoryDynamo): Table {
  return tableOver((request) => Promise.resolve().then(() => dynamo.perform(request)));
}

/**
 * The same as a process reaches it: every write is an effect.
 *
 * @param goOn waits until the process may go on.
 */
export function wiredTable({ dynamo }: Ground, wire: Wire, goOn: () => Promise<void>): Table {
  const plain = plainTable(dynamo);
  const write = (name: string, perform: () => Promise<unknown>) =>
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
    ...plain,
    getItem: (input) => read(() => plain.getItem(input)),
    query: (input) => read(() => plain.query(input)),
    putItem: (input) => write(methodOf(input.Item as DynamoItem), () => plain.putItem(input)),
  };
}

/** How the SDK tells of a table that does not answer, once it has given up. */
class NoAnswerError extends Error {
  override readonly name = 'TimeoutError';
}

/** The method of the job store that writes an item. */
function methodOf({ pk, sk, version, givenBack }: DynamoItem): string {
  if (sk?.S === 'JOB') return version?.N === '1' ? 'create' : 'save';
  if (sk?.S?.startsWith('EVENT#')) return 'append';
  if (sk?.S === 'LEASE') return givenBack === undefined ? 'takeLease' : 'giveBackLease';
  if (pk?.S?.startsWith('DURATIONS#')) return 'learnDuration';
  throw new TypeError(`${pk?.S ?? ''} ${sk?.S ?? ''} is written by no method that is known here.`);
}
