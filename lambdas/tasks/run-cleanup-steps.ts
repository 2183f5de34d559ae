import { STEP_LIBRARY } from '../../core/steps/library.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** RunCleanupSteps on AWS. */
export const handler = taskHandler(stepTasks(STEP_LIBRARY).RunCleanupSteps, withAtlas);
