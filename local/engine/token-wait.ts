import { randomUUID } from 'node:crypto';
import type { Task, TaskContext, TaskOutput } from '../../core/tasks/context.ts';
import type { PacedClock } from '../scaled-clock.ts';
import { timedOut } from './retrying.ts';
import type { WorkflowState } from './workflow-file.ts';

/** Between two looks whether the sleep is over, in milliseconds of the machine: a person waits for what comes of a word. */
const LOOK_AGAIN_MS = 1000;

const RESOURCE = 'arn:aws:states:::lambda:invoke.waitForTaskToken';

/** The name of the task that a state begins its sleep with; undefined for a state that does not wait for a token. */
export function tokenTask({ Resource, Parameters }: WorkflowState): string | undefined {
  if (Resource !== RESOURCE) return undefined;
  return /^\$\{(\w+)\}$/.exec(Parameters?.FunctionName ?? '')?.[1];
}

/** A state that waits for a token, and what it is waited with. */
export interface TokenWait {
  readonly jobId: string;
  /** Of the job's clock; then the sleep is over as Step Functions ends it, with an error. */
  readonly seconds: number;
  /** One delivery of the task, with the token that the sleep has. */
  readonly deliver: (task: Parameters<Task>[0], context: TaskContext) => Promise<TaskOutput>;
  readonly context: TaskContext;
  readonly clock: PacedClock;
  readonly signal: AbortSignal;
}

/**
 * Sleeps until the task says that there is something to see, which on one machine it is asked about once a second. Nobody
 * has to be told the token here.
 *
 * @throws an error named `States.Timeout` once the time is over.
 */
export async function waitForToken({
  jobId,
  seconds,
  deliver,
  context,
  clock,
  signal,
}: TokenWait): Promise<void> {
  const until = clock.now() + seconds * 1000;
  const taskToken = randomUUID();
  for (;;) {
    const { next } = await deliver({ jobId, taskToken }, context);
    if (next === 'go') return;
    const left = until - clock.now();
    if (left <= 0) throw timedOut(seconds);
    await clock.sleep(Math.min(left, LOOK_AGAIN_MS * clock.speed), signal);
  }
}
