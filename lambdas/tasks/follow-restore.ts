import { followRestore } from '../../core/tasks/follow-restore.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** FollowRestore on AWS. */
export const handler = taskHandler(followRestore, withAtlas);
