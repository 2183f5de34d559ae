import { randomUUID } from 'node:crypto';
import type { TaskOutput } from '../../core/tasks/context.ts';
import type { WorkflowState } from '../../workflows/workflow.ts';
import type { PacedClock } from '../scaled-clock.ts';
import { timedOut } from './retrying.ts';

/** Between two checks whether the sleep is over, in milliseconds of the machine: a person waits for what comes of a word. */
const CHECK_AGAIN_MS = 1000;

const RESOURCE = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

/** The name of the task that a state begins its sleep with; undefined for a state that does not wait for a token. */
export function tokenTask({ Resource, Parameters }: WorkflowState): string | undefined {
  if (Resource !== RESOURCE) return undefined;
  return /^\$\{(\w+)\}$/.exec(Parameters?.FunctionName ?? '')?.[1];
}

/**
 * Sleeps until the task says that there is something to see, which on one machine it is asked about once a second. Nobody
 * has to be told the token here.
 *
 * @param seconds of the job's clock; then the sleep is over as Step Functions ends it, with an error.
 * @param deliver one delivery of the task, with the token that the sleep has.
 * @throws an error named `States.Timeout` once the time is over.
 */
export async function waitForToken(
  seconds: number,
  deliver: (taskToken: string) => Promise<TaskOutput>,
  clock: PacedClock,
  signal: AbortSignal,
): Promise<void> {
  const until = clock.now() + seconds * 1000;
  const taskToken = randomUUID();
  for (;;) {
    const { next } = await deliver(taskToken);
    if (next === 'go') return;
    const left = until - clock.now();
    if (left <= 0) throw timedOut(seconds);
    await clock.sleep(Math.min(left, CHECK_AGAIN_MS * clock.speed), signal);
  }
}
