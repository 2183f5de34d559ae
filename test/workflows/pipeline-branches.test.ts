import { pipelineText, pipelineWorld } from '../support/pipelines.ts';
import { testBranches } from './branches.ts';

/** A pipeline that is paused; its run waits until it goes on. */
const world = pipelineWorld({ pipeline: { state: 'PAUSED' }, run: { waits: true } });

testBranches({
  workflow: 'pipeline',
  scenario: (parts) => ({ text: pipelineText({ resume: 'true', ...parts }), options: { world } }),
  stages: ['ready', 'verify', 'after', 'cleanup'],
  first: 'CheckRun',
  once: 'resumePipeline',
  succeed: {},
  endEarly: {},
});
