import { readLag } from '../../core/tasks/cutover/read-lag.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** ReadLag on AWS. */
export const handler = taskHandler(readLag, withAtlas);
