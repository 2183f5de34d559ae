import { exportTitle, pipelineTitle } from '../runbooks/run-titles.ts';
import type { PipelineJob } from './job.ts';

/** What a job follows now, inside a sentence: the run, or the snapshot export job that took its place. */
export function runTitle({ run, runbook }: Pick<PipelineJob, 'run' | 'runbook'>): string {
  const { pipeline, source, export: exportId } = runbook;
  const instead = run.follows === 'exports' && source !== undefined && exportId !== undefined;
  return instead ? exportTitle(exportId, source) : pipelineTitle(pipeline);
}

/** Where the run stands, in Atlas's words: `EXPORT`, `DONE`, `InProgress, 3 of 16 collections`; empty while it is not known. */
export function runProgress({ state, phase, stats, collections }: PipelineJob['run']): string {
  if (state === undefined) return '';
  const counted = stats?.collections ?? null;
  if (counted !== null && collections !== undefined)
    return `${state}, ${counted} of ${collections} collections`;
  // A run that waits or is done names a phase, too.
  return state === 'IN_PROGRESS' && phase !== undefined ? phase : state;
}
