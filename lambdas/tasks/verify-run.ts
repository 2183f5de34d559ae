import { verifyRun } from '../../core/tasks/pipeline/verify-run.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** VerifyRun on AWS. */
export const handler = taskHandler(verifyRun, withAtlas);
