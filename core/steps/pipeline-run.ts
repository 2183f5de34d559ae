import { EXPORTS_INSTEAD, findRun, whatGoneMeans } from '../facts/find-run.ts';
import type { RunState } from '../facts/run-state.ts';
import { sentence } from '../jobs/approvals/wording.ts';
import { isRestoreJob } from '../jobs/job.ts';
import type { EventData } from '../jobs/timeline.ts';
import type { PipelineRunWith } from '../runbooks/steps/pipeline-run.ts';
import { pipelineTitle } from '../runbooks/run-titles.ts';
import { couldNotSee, noSource, see } from './seeing.ts';
import type { StepAnswer, StepWork } from './step.ts';

const QUESTION = 'whether the snapshot that is restored was exported';

/** The run of a pipeline, or the export job in its place, is done with the snapshot that the job restores. */
export const pipelineRun: StepWork<PipelineRunWith> = {
  async look(settings, context) {
    const { job, source } = context;
    if (source === undefined) return noSource('snapshot');
    const snapshotId = isRestoreJob(job) ? job.recoveryPoint?.snapshot?.id : undefined;
    if (snapshotId === undefined) {
      const message = 'The recovery point of this job is no snapshot, so no run can be done with it.';
      return { outcome: 'failed', message };
    }
    const { pipeline: name, run: id, export: exportId } = settings;
    const run = { project: source.project, name, run: id };
    const instead = exportId === undefined ? undefined : { source, exportId };
    const found = await see(pipelineTitle(run), () => findRun(run, instead, context.atlas));
    if ('unseen' in found) return couldNotSee(found, QUESTION);
    const { title, state, gone = '' } = found.seen;
    if (state !== undefined) return judge(title, state, snapshotId);
    return { outcome: 'failed', message: `${whatGoneMeans(run, gone)} ${EXPORTS_INSTEAD}` };
  },
};

function judge(title: string, state: RunState, snapshotId: string): StepAnswer {
  const { outcome, state: word, phase, reason, stats } = state;
  const evidence: EventData = {
    state: word,
    phase: phase ?? null,
    snapshotId: state.snapshotId ?? null,
    documents: stats?.documents ?? null,
    bytes: stats?.bytes ?? null,
    collections: stats?.collections ?? null,
  };
  if (state.snapshotId !== undefined && state.snapshotId !== snapshotId) {
    const message = `Atlas exports snapshot ${state.snapshotId} in ${title}; what is restored is snapshot ${snapshotId}.`;
    return { outcome: 'failed', message, evidence };
  }
  if (outcome === 'running') {
    return { outcome: 'wait', message: `Atlas says that ${title} is ${word}.`, evidence };
  }
  if (outcome !== 'done') {
    const why = reason === undefined ? 'it gives no reason.' : `the reason it gives is: ${sentence(reason)}`;
    return { outcome: 'failed', message: `Atlas says that ${title} is ${word}; ${why}`, evidence };
  }
  if (state.snapshotId === undefined) {
    const message = `Atlas says that ${title} is ${word}, and not of which snapshot; whether it is that of this job is not known.`;
    return { outcome: 'unknown', message, evidence };
  }
  return {
    outcome: 'done',
    message: `Atlas says that ${title} is ${word} with snapshot ${snapshotId}.`,
    evidence,
  };
}
