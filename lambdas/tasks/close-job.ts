import { closeJob } from '../../core/tasks/close-job.ts';
import { taskHandler } from '../runtime/task-handler.ts';

/** CloseJob on AWS. */
export const handler = taskHandler(closeJob);
