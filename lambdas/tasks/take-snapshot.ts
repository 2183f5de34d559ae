import { takeSnapshot } from '../../core/tasks/cutover/take-snapshot.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** TakeSnapshot on AWS. */
export const handler = taskHandler(takeSnapshot, withAtlas);
