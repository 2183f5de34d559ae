import { AsyncLocalStorage } from 'node:async_hooks';
import type { TaskInput } from '../../../core/tasks/context.ts';

/** One delivery of a task. */
export interface Delivery {
  readonly task: string;
  readonly input: TaskInput;
  /** Delivers the same once more, at this moment and elsewhere; whatever comes of it. */
  again(): Promise<void>;
  /** Asks that it be delivered once more after it has ended. */
  repeat: boolean;
}

/** The delivery that is under way. */
export const deliveries = new AsyncLocalStorage<Delivery>();

/** The job that the delivery under way is about. */
export function jobAtWork(): string | undefined {
  const input = deliveries.getStore()?.input;
  return input?.drill ?? input?.jobId;
}
