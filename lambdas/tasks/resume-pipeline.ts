import { resumePipeline } from '../../core/tasks/pipeline/resume-pipeline.ts';
import { taskHandler } from '../runtime/task-handler.ts';
import { withAtlas } from '../runtime/with-atlas.ts';

/** ResumePipeline on AWS. */
export const handler = taskHandler(resumePipeline, withAtlas);
