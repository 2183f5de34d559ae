import type { TaskPart } from './context.ts';
import { wake } from './workflows.ts';

/**
 * For the task whose state sleeps until it is woken. Step Functions takes no notice of what such a function returns, so when there is
 * nothing to wait for, the function ends the sleep itself.
 */
export const withWake: TaskPart = {
  async afterwards({ taskToken }, { next }) {
    if (next === 'go') await wake(taskToken);
  },
};
