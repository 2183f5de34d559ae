import { chooseRecoveryPoint } from '../../core/tasks/choose-recovery-point.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** ChooseRecoveryPoint on AWS. */
export const handler = taskHandler(chooseRecoveryPoint, withAtlas);
