import { PRICES } from '../../infra/prices.ts';
import { ASSUMED } from './assumed.ts';
import type { Counts } from './counts.ts';

/** What counts come to, in dollars. */
export interface Bill {
  readonly transitions: number;
  /** Calls and the time that they are assumed to take. */
  readonly functions: number;
  readonly table: number;
  readonly http: number;
  readonly total: number;
}

/** The bill of a job of Lifeboat: every function that it calls starts cold once. */
export function billOf(counts: Counts): Bill {
  const cold = counts.functions * ASSUMED.coldStartSeconds;
  return bill(counts, cold, ASSUMED.gigabytes);
}

/** The bill of the loop that it is compared with, whose functions are smaller, and warm from the first call on. */
export function naiveBillOf(counts: Counts): Bill {
  return bill(counts, 0, ASSUMED.naiveGigabytes);
}

/** Seconds that functions are assumed to be billed for, cold starts included. */
function assumedSeconds(counts: Counts, coldSeconds: number): number {
  return (counts.taskCalls + counts.otherCalls) * ASSUMED.invocationSeconds + coldSeconds;
}

function bill(counts: Counts, coldSeconds: number, gigabytes: number): Bill {
  const calls = counts.taskCalls + counts.otherCalls;
  const parts = {
    transitions: counts.transitions * PRICES.transition,
    functions:
      calls * PRICES.invocation + assumedSeconds(counts, coldSeconds) * gigabytes * PRICES.gigabyteSecond,
    table: counts.table.writes * PRICES.write + counts.table.reads * PRICES.read,
    http: counts.httpRequests * PRICES.httpRequest,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
