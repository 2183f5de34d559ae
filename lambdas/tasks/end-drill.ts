import { endDrill } from '../../core/tasks/campaign/end-drill.ts';
import { taskHandler } from '../runtime/task-handler.ts';

/** EndDrill on AWS. */
export const handler = taskHandler(endDrill);
