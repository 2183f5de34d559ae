import { startDrill } from '../../core/tasks/campaign/start-drill.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** StartDrill on AWS. */
export const handler = taskHandler(startDrill, withAtlas);
