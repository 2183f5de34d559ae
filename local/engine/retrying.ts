import type { Random } from '../../core/random.ts';
import type { Retrier } from '../../workflows/workflow.ts';

/** The name of the error when a task runs longer than its `TimeoutSeconds`. */
const TIMEOUT = 'States.Timeout';

/** The machine's own randomness. */
const MACHINE_RANDOM: Random = { next: () => Math.random() };

/**
 * Makes attempts until one succeeds or the first retrier that matches the error has no attempts left, as Step Functions
 * does, with the backoffs slept on the clock that Lifeboat was given.
 *
 * @param sleep sleeps seconds of that clock.
 * @param random draws the jitter.
 * @throws the last attempt's error.
 */
export async function retrying<T>(
  retriers: readonly Retrier[],
  attempt: () => Promise<T>,
  sleep: (seconds: number) => Promise<void>,
  random: Random = MACHINE_RANDOM,
): Promise<T> {
  const tried = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const retrier = retriers.find((one) => isNamed(one.ErrorEquals, error));
      const tries = retrier === undefined ? 0 : (tried.get(retrier) ?? 0);
      if (retrier === undefined || tries >= retrier.MaxAttempts) throw error;
      tried.set(retrier, tries + 1);
      await sleep(backoff(retrier, tries, random));
    }
  }
}

/**
 * The work, or an error named `States.Timeout` when it takes longer than so many seconds of the machine. The work itself
 * goes on, as a Lambda function's may.
 */
export async function withTimeout<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(timedOut(seconds));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The error of a state that took longer than so many seconds, named as Step Functions names it. */
export function timedOut(seconds: number): Error {
  return Object.assign(new Error(`It took longer than ${seconds} s.`), { name: TIMEOUT });
}

/** Whether a `Retry` or a `Catch` that names these errors means this one. */
export function isNamed(names: readonly string[], error: unknown): boolean {
  const name = error instanceof Error ? error.name : 'Error';
  return (
    names.includes(name) ||
    names.includes('States.ALL') ||
    (names.includes('States.TaskFailed') && name !== TIMEOUT)
  );
}

/** Seconds before the next attempt. */
function backoff(retrier: Retrier, tries: number, random: Random): number {
  const growing = retrier.IntervalSeconds * retrier.BackoffRate ** tries;
  const capped = Math.min(growing, retrier.MaxDelaySeconds ?? Infinity);
  return retrier.JitterStrategy === 'FULL' ? capped * random.next() : capped;
}
