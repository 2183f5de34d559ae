import { ApiError } from '../api-error.ts';
import type { ApiRequest } from '../http-types.ts';
import { resume } from '../pipelines.ts';
import type { PipelineState } from '../project-state.ts';
import { pipelineReply, pipelineRunReply } from '../replies/pipeline-replies.ts';
import { found, LOOK, type Operation, part, projectOf } from './operation.ts';

/** Data lake pipelines, which MongoDB has given up; the Admin API's document knows them no more. */
export const PIPELINE_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'resumePipeline',
    method: 'POST',
    path: '/pipelines/{pipelineName}/resume',
    changes: true,
    handle: (request) => {
      const paused = pipeline(request);
      resume(paused, request.now);
      return { status: 200, body: pipelineReply(part(request, 'groupId'), paused) };
    },
  },
  {
    ...LOOK,
    id: 'getPipelineRun',
    path: '/pipelines/{pipelineName}/runs/{pipelineRunId}',
    handle: (request) => {
      const owner = pipeline(request);
      const id = part(request, 'pipelineRunId');
      const run = found(owner.runs, id, new ApiError('PIPELINE_RUN_NOT_FOUND', id, owner.name));
      return { status: 200, body: pipelineRunReply(part(request, 'groupId'), owner, run, request.now) };
    },
  },
];

function pipeline(request: ApiRequest): PipelineState {
  const name = part(request, 'pipelineName');
  const { id, pipelines, pipelinesWithdrawn } = projectOf(request);
  if (pipelinesWithdrawn === 404) throw new ApiError('RESOURCE_NOT_FOUND', request.path);
  if (pipelinesWithdrawn === 410) throw new ApiError('RESOURCE_GONE', request.path);
  if (!/^[^/\\ "$]{1,64}$/.test(name)) throw new ApiError('INVALID_ATTRIBUTE', 'pipelineName');
  const known = pipelines.find((one) => one.name === name);
  if (!known) throw new ApiError('PIPELINE_NOT_FOUND', name, id);
  return known;
}
