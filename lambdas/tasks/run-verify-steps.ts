import { STEP_LIBRARY } from '../../core/steps/library.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** RunVerifySteps on AWS. */
export const handler = taskHandler(stepTasks(STEP_LIBRARY).RunVerifySteps, withAtlas);
