import { verifyRestore } from '../../core/tasks/verify-restore.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** VerifyRestore on AWS. */
export const handler = taskHandler(verifyRestore, withAtlas);
