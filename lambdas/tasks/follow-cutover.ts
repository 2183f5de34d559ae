import { followCutover } from '../../core/tasks/cutover/follow-cutover.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** FollowCutover on AWS. */
export const handler = taskHandler(followCutover, withAtlas);
