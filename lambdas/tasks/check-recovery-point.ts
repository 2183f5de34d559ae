import { checkRecoveryPoint } from '../../core/tasks/check-recovery-point.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** CheckRecoveryPoint on AWS. */
export const handler = taskHandler(checkRecoveryPoint, withAtlas);
