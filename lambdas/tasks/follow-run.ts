import { followRun } from '../../core/tasks/pipeline/follow-run.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** FollowRun on AWS. */
export const handler = taskHandler(followRun, withAtlas);
