import type { TableUnits } from './table-units.ts';

/** What was counted of a job, or of a loop that does the same. */
export interface Counts {
  /** The states that its execution entered, in order. */
  readonly entered: readonly string[];
  /** State transitions: a state entered is one, and so is each retry of a task. */
  readonly transitions: number;
  readonly retries: number;
  /** Calls of functions by workflows. */
  readonly taskCalls: number;
  /** Calls of other functions: the API, and what follows the table's stream. */
  readonly otherCalls: number;
  /** How many different functions were called: so many may have to start cold. */
  readonly functions: number;
  /** Milliseconds that the handlers took together, on this machine. */
  readonly handlerMilliseconds: number;
  readonly atlasCalls: number;
  readonly table: TableUnits;
  readonly httpRequests: number;
}

/** The states that wait for a restore and look at it, in restore.asl.yaml and in naive.asl.yaml. */
const LOOKING = new Set([
  ...['WaitForRestore', 'FollowRestore', 'IsRestoreFinished'],
  ...['WaitToLook', 'Look', 'IsFinished'],
]);

/** How many of the states that an execution entered waited for the restore or looked at it. */
export function lookingStates(entered: readonly string[]): number {
  return entered.filter((name) => LOOKING.has(name)).length;
}

/** How often it looked. */
export function looks(entered: readonly string[]): number {
  return entered.filter((name) => name === 'FollowRestore' || name === 'Look').length;
}
