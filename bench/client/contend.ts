import { PerformanceObserver } from 'node:perf_hooks';
import { CONTENDERS, type Call, type Contender } from './contenders.ts';

/** What one client did in one process. */
export interface Contest {
  /** Calls in a second, one after the other, and twenty at once. */
  readonly alone: number;
  readonly atOnce: number;
  /** Milliseconds that the process is at work for a call: other work on the machine lengthens them least. */
  readonly processorMilliseconds: number;
  /** Bytes that a call allocates on the heap. */
  readonly heapBytes: number;
  /** Requests that a call makes, sign-in included. */
  readonly requests: number;
}

const WARM_UP = 200;
const CALLS = 400;
const AT_ONCE = 20;
/** Few enough for what they allocate to stay below the room that bench.ts gives a process before anything is collected. */
const WEIGHED = 200;

const [name, baseUrl, call] = process.argv.slice(2) as [string, string, Call];
const contender = CONTENDERS[name]?.(baseUrl);
if (contender === undefined) throw new Error(`There is no client ${name}.`);
process.send?.(await contend(contender));
await contender.close();
process.disconnect();

async function contend({ call: calls }: Contender): Promise<Contest> {
  const ask = calls[call];
  for (let nth = 0; nth < WARM_UP; nth += 1) await ask();
  const before = await requests();
  const begunAt = process.cpuUsage();
  const alone = await rate(CALLS, 1, ask);
  const { user, system } = process.cpuUsage(begunAt);
  const made = (await requests()) - before;
  return {
    alone,
    atOnce: await rate(CALLS, AT_ONCE, ask),
    processorMilliseconds: (user + system) / 1000 / CALLS,
    requests: made / CALLS,
    ...(await weigh(ask)),
  };
}

async function rate(calls: number, atOnce: number, ask: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  const each = async () => {
    for (let nth = 0; nth < calls / atOnce; nth += 1) await ask();
  };
  await Promise.all(Array.from({ length: atOnce }, each));
  return calls / ((performance.now() - begun) / 1000);
}

async function weigh(ask: () => Promise<unknown>): Promise<Pick<Contest, 'heapBytes'>> {
  let collections = 0;
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));
  globalThis.gc?.();
  await new Promise(setImmediate);
  observer.observe({ entryTypes: ['gc'] });
  const before = process.memoryUsage().heapUsed;
  for (let nth = 0; nth < WEIGHED; nth += 1) await ask();
  const after = process.memoryUsage().heapUsed;
  await new Promise(setImmediate);
  observer.disconnect();
  if (collections > 0) throw new Error('Memory was collected while it was weighed.');
  return { heapBytes: (after - before) / WEIGHED };
}

async function requests(): Promise<number> {
  return Number(await (await fetch(`${baseUrl}/requests`)).text());
}
