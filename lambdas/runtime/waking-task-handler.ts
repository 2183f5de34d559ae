import type { Task } from '../../core/tasks/context.ts';
import { taskHandler, type TaskHandler } from './task-handler.ts';
import { wake } from './workflows.ts';

/**
 * The handler of a task whose state sleeps until it is woken. Step Functions takes no notice of what such a function
 * returns, so when there is nothing to wait for, the function ends the sleep itself.
 */
export function wakingTaskHandler(task: Task): TaskHandler {
  return taskHandler(async (input, context) => {
    const output = await task(input, context);
    if (output.next === 'go') await wake(input.taskToken);
    return output;
  });
}
