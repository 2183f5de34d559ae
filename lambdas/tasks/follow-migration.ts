import { followMigration } from '../../core/tasks/cutover/follow-migration.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** FollowMigration on AWS. */
export const handler = taskHandler(followMigration, withAtlas);
