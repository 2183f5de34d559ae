import { checkMigration } from '../../core/tasks/cutover/check-migration.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CheckMigration on AWS. */
export const handler = taskHandler(checkMigration, withAtlas);
