import { createJobStore } from '../../core/jobs/table/job-store.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import type { MemoryTable } from '../support/memory-table.ts';
import type { Mishap } from './plan.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Trace } from './trace.ts';

/** How a table that does not answer is told of, once the SDK has given up. */
class NoAnswerError extends Error {
  override readonly name = 'TimeoutError';
}

/** Milliseconds that a request to the table takes. */
const LATENCY = { least: 1, most: 20 };
/** Seconds after which a write that was given up still arrives. */
const LATEST_WRITE = 3;

/** The history as a process reaches it: the code that runs on AWS and on one machine, over a table in memory and a line that fails. */
export function simulatedStore(process: SimulatedProcess, table: MemoryTable, trace: Trace): JobStore {
  const ask = <T>(what: string, changes: boolean, perform: () => Promise<T>) => {
    const noted = async () => {
      const answer = await perform();
      trace.note(`${process.name} ${what}${answer === false ? ' refused' : ''}`);
      return answer;
    };
    return process.befall({ kind: 'store', changes }, async (mishap) => {
      await process.time.sleep(process.latency(LATENCY.least, LATENCY.most));
      return carryOut(process, noted, mishap);
    });
  };
  return createJobStore({
    tableName: table.tableName,
    getItem: (key) => ask(`get ${key.pk} ${key.sk}`, false, () => table.getItem(key)),
    query: (query) => ask(`query ${query.pk}`, false, () => table.query(query)),
    queryIndex: (query) => ask(`list ${query.value}`, false, () => table.queryIndex(query)),
    putItem: (item, condition) =>
      ask(`put ${item.pk} ${item.sk} ${item.version ?? ''}`, true, () => table.putItem(item, condition)),
  });
}

async function carryOut<T>(
  { time }: SimulatedProcess,
  perform: () => Promise<T>,
  mishap: Mishap | undefined,
): Promise<T> {
  // Whatever came of it, nobody is told.
  const unseen = () => perform().catch(() => undefined);
  switch (mishap?.trouble) {
    case 'store unreachable':
      throw new NoAnswerError('The table did not answer.');
    case 'store reply lost':
      await unseen();
      throw new NoAnswerError('The table did not answer.');
    case 'store write late':
      time.after(Math.min(mishap.seconds, LATEST_WRITE) * 1000, () => void unseen());
      throw new NoAnswerError('The table did not answer.');
    case 'store request repeated':
      // The SDK asks again when no answer comes.
      await unseen();
      await time.sleep(LATENCY.most);
      return perform();
    case 'store slow':
      await time.sleep(mishap.seconds * 1000);
      return perform();
    default:
      return perform();
  }
}
