import type { Task } from '../../core/tasks/context.ts';

/** A task delivered twice, one delivery after the other. */
export function twice(task: Task): Task {
  return async (input, context) => {
    await task(input, context);
    return task(input, context);
  };
}

/**
 * A task delivered twice at the same time. The workflow goes on with whichever delivery ends well, as Step Functions does
 * with a retried invocation.
 */
export function twiceAtOnce(task: Task): Task {
  return async (input, context) => {
    const deliveries = await Promise.allSettled([task(input, context), task(input, context)]);
    const ended = deliveries.find((delivery) => delivery.status === 'fulfilled');
    if (ended) return ended.value;
    throw (deliveries[0] as PromiseRejectedResult).reason;
  };
}
