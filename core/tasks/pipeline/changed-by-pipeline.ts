import type { PipelineJob } from '../../jobs/job.ts';
import { runTitle } from '../../jobs/run-title.ts';

/** What a job that stops has changed, as sentences. Atlas goes on with a run that nobody follows. */
export function changedByPipeline(job: PipelineJob): string {
  const { resumedAt, resumeTaken, doneAt } = job.run;
  const { name } = job.runbook.pipeline;
  const begun = job.phases.run !== undefined && doneAt === undefined;
  const resumed =
    resumedAt === undefined
      ? 'Nothing was changed in Atlas.'
      : `Pipeline ${name} ${resumeTaken === true ? 'was' : 'may have been'} let go on at ${resumedAt}, and stays so. No cluster was changed.`;
  return begun ? `${resumed} Atlas goes on with ${runTitle(job)} if it has not ended.` : resumed;
}
