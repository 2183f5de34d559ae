import type { PipelineRunState, PipelineState } from './project-state.ts';

const DAY = 86_400_000;

/** The phases of a run, by the share of its time at which each begins. */
const PHASES = [
  [0, 'SNAPSHOT'],
  [0.3, 'EXPORT'],
  [0.7, 'INGESTION'],
] as const;

/** Where a run stands. */
export interface RunView {
  readonly state: 'PENDING' | 'IN_PROGRESS' | 'DONE' | 'FAILED' | 'DATASET_DELETED';
  readonly phase: 'SNAPSHOT' | 'EXPORT' | 'INGESTION';
  /** When it last changed, in milliseconds since the UNIX epoch. */
  readonly updatedAt: number;
}

/** Where a run of a pipeline stands: it waits while the pipeline is paused before it. */
export function runView(pipeline: PipelineState, run: PipelineRunState, now: number): RunView {
  const { startedAt, seconds, fails } = run;
  if (startedAt === undefined) return { state: 'PENDING', phase: 'SNAPSHOT', updatedAt: run.createdAt };
  const share = Math.min(1, (now - startedAt) / (seconds * 1000));
  const [from, phase] = PHASES.findLast(([begin]) => share >= begin) ?? PHASES[0];
  if (share < 1) return { state: 'IN_PROGRESS', phase, updatedAt: startedAt + from * seconds * 1000 };
  const updatedAt = startedAt + seconds * 1000;
  if (fails) return { state: 'FAILED', phase, updatedAt };
  const deletion = datasetDeletion(pipeline, run);
  return now < deletion
    ? { state: 'DONE', phase, updatedAt }
    : { state: 'DATASET_DELETED', phase, updatedAt: deletion };
}

/** When the data set of a run is deleted, in milliseconds since the UNIX epoch. */
export function datasetDeletion(pipeline: PipelineState, run: PipelineRunState): number {
  return run.createdAt + pipeline.keptDays * DAY;
}

/** Lets a paused pipeline go on, with the runs that waited; one that is active stays as it is. */
export function resume(pipeline: PipelineState, now: number): void {
  if (pipeline.state === 'ACTIVE') return;
  pipeline.state = 'ACTIVE';
  pipeline.updatedAt = now;
  for (const run of pipeline.runs) run.startedAt ??= now;
}
