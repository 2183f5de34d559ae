import { createJobStore } from '../../core/jobs/table/job-store.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { tableOver } from '../support/table-over.ts';
import type { DynamoReply, DynamoRequest, MemoryDynamo } from './memory-dynamo.ts';
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

/** The history as a process reaches it: the code that runs on AWS, over a table in memory and a line that fails. */
export function simulatedStore(process: SimulatedProcess, dynamo: MemoryDynamo, trace: Trace): JobStore {
  const perform = (request: DynamoRequest) => {
    const line = `${process.name} ${request.operation} ${keyText(request)}`;
    try {
      const reply = dynamo.perform(request);
      trace.note(line);
      return reply;
    } catch (error) {
      trace.note(`${line} refused`);
      throw error;
    }
  };
  const ask = (request: DynamoRequest) => {
    const changes = request.operation === 'PutItem';
    return process.befall({ kind: 'store', changes }, async (mishap) => {
      await process.time.sleep(process.latency(LATENCY.least, LATENCY.most));
      return carryOut(process, () => perform(request), mishap);
    });
  };
  return createJobStore(tableOver(ask));
}

/** The history without any trouble, for people who look at it and answer. */
export function healthyStore(dynamo: MemoryDynamo): JobStore {
  return createJobStore(tableOver((request) => Promise.resolve().then(() => dynamo.perform(request))));
}

async function carryOut(
  { time }: SimulatedProcess,
  perform: () => DynamoReply,
  mishap: Mishap | undefined,
): Promise<DynamoReply> {
  const unseen = () => {
    try {
      perform();
    } catch {
      // Whatever came of it, nobody is told.
    }
  };
  switch (mishap?.trouble) {
    case 'store unreachable':
      throw new NoAnswerError('The table did not answer.');
    case 'store reply lost':
      unseen();
      throw new NoAnswerError('The table did not answer.');
    case 'store write late':
      time.after(Math.min(mishap.seconds, LATEST_WRITE) * 1000, unseen);
      throw new NoAnswerError('The table did not answer.');
    case 'store request repeated':
      // The SDK asks again when no answer comes.
      unseen();
      await time.sleep(LATENCY.most);
      return perform();
    case 'store slow':
      await time.sleep(mishap.seconds * 1000);
      return perform();
    default:
      return perform();
  }
}

function keyText({ operation, input }: DynamoRequest): string {
  if (operation === 'Query') return Object.values(input.ExpressionAttributeValues ?? {})[0]?.S ?? '';
  const key = operation === 'PutItem' ? input.Item : input.Key;
  return `${key?.pk?.S ?? ''} ${key?.sk?.S ?? ''} ${key?.version?.N ?? ''}`;
}
