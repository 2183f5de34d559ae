import { checkRun } from '../../core/tasks/pipeline/check-run.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CheckRun on AWS. */
export const handler = taskHandler(checkRun, withAtlas);
