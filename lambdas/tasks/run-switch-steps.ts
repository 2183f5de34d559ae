import { KIND_BY_USE } from '../../core/steps/kinds.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** RunSwitchSteps on AWS. */
export const handler = taskHandler(stepTasks(KIND_BY_USE).RunSwitchSteps, withAtlas);
