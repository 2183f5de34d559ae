import { sendNotices } from '../../core/tasks/send-notices.ts';
import { taskHandler } from '../runtime/task-handler.ts';

/** SendNotices on AWS. */
export const handler = taskHandler(sendNotices);
