import { openJob } from '../../core/tasks/open-job.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** OpenJob on AWS. */
export const handler = taskHandler(openJob, withAtlas);
