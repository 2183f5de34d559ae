import { startCutover } from '../../core/tasks/cutover/start-cutover.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** StartCutover on AWS. */
export const handler = taskHandler(startCutover, withAtlas);
