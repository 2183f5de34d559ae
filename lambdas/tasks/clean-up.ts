import { cleanUp } from '../../core/tasks/clean-up.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CleanUp on AWS. */
export const handler = taskHandler(cleanUp, withAtlas);
