import { verifyCutover } from '../../core/tasks/cutover/verify-cutover.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** VerifyCutover on AWS. */
export const handler = taskHandler(verifyCutover, withAtlas);
