import * as z from 'zod';
import type { TaskInput, TaskOutput } from '../../core/tasks/context.ts';
import { TaskError } from '../../core/tasks/errors.ts';
import { taskOf, type TaskRow } from '../../core/tasks/needs.ts';
import { taskContext, type TaskPart } from './context.ts';
import { logger } from './logger.ts';
import { publishMetrics } from './metrics.ts';

const jobId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'is not a job id');

/** What a workflow hands to a task. The state of the workflow may hold more, which is left alone. */
const taskInput = z.object({
  jobId,
  caught: z.object({ Error: z.string(), Cause: z.string() }).exactOptional(),
  drill: jobId.exactOptional(),
  taskToken: z.string().min(1).exactOptional(),
}) satisfies z.ZodType<TaskInput>;

/** A function that AWS calls with what a state of a workflow hands over. */
export type TaskHandler = (event: unknown) => Promise<TaskOutput>;

/**
 * The handler of a row of the table of tasks, as the bundler makes one for each. What it throws is a TaskError, whose name Step Functions matches with `Retry` and `Catch`.
 *
 * @param parts what gives the task what its row needs.
 */
export function taskHandler(name: string, row: TaskRow, parts: readonly TaskPart[]): TaskHandler {
  const task = taskOf(name, row);
  return async (event) => {
    try {
      const input = readInput(event);
      logger.appendKeys({ jobId: input.jobId });
      const output = await task(input, await taskContext(parts, input));
      for (const { afterwards } of parts) await afterwards?.(input, output);
      logger.info('done', { next: output.next, waitSeconds: output.waitSeconds });
      return output;
    } catch (error) {
      const told = error instanceof TaskError ? error : new TaskError(error);
      // The cause is what was thrown; the error around it is its form for the workflow.
      logger.error('failed', { error: told.cause instanceof Error ? told.cause : told });
      throw told;
    } finally {
      logger.resetKeys();
      publishMetrics();
    }
  };
}

function readInput(event: unknown): TaskInput {
  const read = taskInput.safeParse(event);
  if (!read.success) throw new TypeError(z.prettifyError(read.error));
  return read.data;
}
