import { checkApproval } from '../../core/tasks/check-approval.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CheckApproval on AWS. */
export const handler = taskHandler(checkApproval, withAtlas);
