import * as z from 'zod';
import { EXPORTS_INSTEAD, findRun, whatGoneMeans } from '../facts/find-run.ts';
import type { RunState } from '../facts/run-state.ts';
import { idField } from '../runbooks/id-field.ts';
import { sentence } from '../sentence.ts';
import { pipelineTitle } from '../runbooks/run-titles.ts';
import type { Evidence, StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { couldNotSee, noSource, see } from './shared/seeing.ts';

const settings = z.strictObject({
  pipeline: z
    .string()
    .regex(/^[^/\\ "$]{1,64}$/, 'is not the name of a pipeline: no space, slash, quote or dollar sign')
    .meta({
      description: 'Name of the pipeline, in the project of the source',
      examples: ['orders-to-lake'],
    }),
  run: idField('run'),
  export: idField('snapshot export job')
    .optional()
    .describe('Looked at instead where Atlas knows no such run: it has withdrawn its pipelines'),
});

/** What `with` holds. */
export type PipelineRunWith = z.output<typeof settings>;

const QUESTION = 'whether the snapshot that is restored was exported';

/**
 * Waits until the run of a data lake pipeline, or a snapshot export job, is done with the very snapshot that is restored.
 *
 * Doc: return-one-data-lake-pipeline-run-deprecated.
 */
export const pipelineRun: StepKind<PipelineRunWith> = {
  use: 'pipeline-run',
  stages: ['before', 'verify', 'after'],
  runbooks: ['drill', 'restore'],
  effect: 'check',
  destroys: false,
  timeout: '12h',
  operations: { getPipelineRun: ['Project Read Only'], getBackupExport: ['Project Backup Manager'] },
  asksAbout: ['source'],
  with: settings,
  params: { pipeline: 'pipelineName', run: 'pipelineRunId', export: 'exportId' },
  summary: ({ pipeline, run }) =>
    `Wait until run ${run} of pipeline ${pipeline} is done with the snapshot that is restored`,
  project: (_settings, { source }) => source?.project,

  async look(settings, context) {
    const { job, source } = context;
    if (source === undefined) return noSource('snapshot');
    const snapshotId = job.snapshot?.id;
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
  const evidence: Evidence = {
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
