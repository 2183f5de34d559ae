import { startRestore } from '../../core/tasks/start-restore.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** StartRestore on AWS. */
export const handler = taskHandler(startRestore, withAtlas);
