import { listSources } from '../../core/tasks/campaign/list-sources.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** ListSources on AWS. */
export const handler = taskHandler(listSources, withAtlas);
