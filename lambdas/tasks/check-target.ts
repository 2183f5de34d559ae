import { checkTarget } from '../../core/tasks/check-target.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CheckTarget on AWS. */
export const handler = taskHandler(checkTarget, withAtlas);
