import { AsyncLocalStorage } from 'node:async_hooks';
import type { Process } from './process.ts';

const running = new AsyncLocalStorage<Process>();

/** Does the work of a process: the timers that it sets do not fire while it is frozen. */
export function runIn<T>(process: Process, work: () => Promise<T>): Promise<T> {
  return running.run(process, work);
}

/**
 * Makes timers those of the process that sets them, for as long as the timers of now are in place. The engine limits each task
 * with one, and a process that stands still does not see how late it is.
 */
export function bindTimersToProcesses(): void {
  const { setTimeout: set } = globalThis;
  const bound = (act: () => void, milliseconds?: number) => {
    const process = running.getStore();
    const inTime = () => {
      // One that is dead has no timers any more.
      process?.goOn().then(act, () => undefined);
    };
    return set(process === undefined ? act : inTime, milliseconds);
  };
  Object.assign(globalThis, { setTimeout: bound });
}
