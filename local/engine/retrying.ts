import { z } from 'zod';
import type { Random } from '../../core/random.ts';

/** One entry of a state's `Retry`, as Amazon States Language defines it. */
export const retrierSchema = z.looseObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().default(1),
  BackoffRate: z.number().default(2),
  MaxAttempts: z.number().default(3),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.enum(['NONE', 'FULL']).default('NONE'),
});
export type Retrier = z.infer<typeof retrierSchema>;

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
      const retrier = retriers.find((one) => matches(one, error));
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

function matches({ ErrorEquals }: Retrier, error: unknown): boolean {
  const name = error instanceof Error ? error.name : 'Error';
  return (
    ErrorEquals.includes(name) ||
    ErrorEquals.includes('States.ALL') ||
    (ErrorEquals.includes('States.TaskFailed') && name !== TIMEOUT)
  );
}

/** Seconds before the next attempt. */
function backoff(retrier: Retrier, tries: number, random: Random): number {
  const growing = retrier.IntervalSeconds * retrier.BackoffRate ** tries;
  const capped = Math.min(growing, retrier.MaxDelaySeconds ?? Infinity);
  return retrier.JitterStrategy === 'FULL' ? capped * random.next() : capped;
}
