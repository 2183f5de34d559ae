import { pipelineText, pipelineWorld } from '../support/pipelines.ts';
import { testBranches } from './branches.ts';

await testBranches({
  workflow: 'pipeline',
  scenario: (parts) => ({ text: pipelineText(parts), options: { world: pipelineWorld() } }),
  stages: ['ready', 'verify', 'after', 'cleanup'],
  first: 'CheckRun',
  atMostOnce: 'resumePipeline',
  succeed: {},
  endEarly: {},
});
