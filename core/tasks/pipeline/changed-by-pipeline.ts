import { isEnd } from '../../facts/run-state.ts';
import type { PipelineJob } from '../../jobs/job.ts';
import { runTitle } from '../../jobs/run-title.ts';

/** What a job that stops has changed, as sentences. Atlas goes on with a run that nobody follows. */
export function changedByPipeline(job: PipelineJob): string {
  const { resumedAt, resumeTaken, doneAt, follows, state = '' } = job.run;
  const { name } = job.runbook.pipeline;
  const goesOn = job.phases.run !== undefined && doneAt === undefined && !isEnd(follows, state);
  const resumed =
    resumedAt === undefined
      ? 'Nothing was changed in Atlas.'
      : `Pipeline ${name} ${resumeTaken === true ? 'was' : 'may have been'} let go on at ${resumedAt}, and stays so. No cluster was changed.`;
  return goesOn ? `${resumed} Atlas goes on with ${runTitle(job)} if it has not ended.` : resumed;
}
