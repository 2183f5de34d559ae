import { checkCutover } from '../../core/tasks/cutover/check-cutover.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CheckCutover on AWS. */
export const handler = taskHandler(checkCutover, withAtlas);
