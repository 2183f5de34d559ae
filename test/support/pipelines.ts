import { isPipelineJob, type Job, type PipelineJob } from '../../core/jobs/job.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import type { WorldFile } from '../../simulator/world-schema.ts';

type Project = WorldFile['projects'][number];
type Pipeline = NonNullable<Project['pipelines']>[number];
type Run = NonNullable<Pipeline['runs']>[number];
type Export = NonNullable<Project['snapshotExports']>[number];

/** What differs in a world of one pipeline with one run, which has just begun. */
export interface PipelineWorld {
  readonly run?: Partial<Run>;
  /** Runs beside it. */
  readonly others?: readonly Run[];
  readonly pipeline?: Partial<Pipeline>;
  readonly export?: Partial<Export>;
  readonly project?: Partial<Project>;
}

/** A project with `orders`, a pipeline of it, and a snapshot export job of it. */
export function pipelineWorld(parts: PipelineWorld = {}): WorldFile {
  const run: Run = { id: IDS.pipelineRunId, ageHours: 0, ...parts.run };
  return {
    projects: [
      {
        id: IDS.drillsId,
        name: 'drills',
        clusters: [{ name: 'orders' }],
        pipelines: [
          {
            id: IDS.pipelineId,
            name: IDS.pipelineName,
            source: { cluster: 'orders', database: 'shop', collection: 'orders' },
            runs: [run, ...(parts.others ?? [])],
            ...parts.pipeline,
          },
        ],
        snapshotExports: [
          {
            id: IDS.snapshotExportId,
            cluster: 'orders',
            bucketId: IDS.exportBucketId,
            ageHours: 0,
            ...parts.export,
          },
        ],
        ...parts.project,
      },
    ],
  };
}

/** The runbook of that run, with parts replaced or added. Values are YAML; an empty one leaves the key out. */
export function pipelineText(parts: Readonly<Record<string, string>> = {}): string {
  const base: Record<string, string> = {
    version: '1',
    kind: 'pipeline',
    name: 'orders-to-lake',
    pipeline: `{ project: ${IDS.drillsId}, name: ${IDS.pipelineName}, run: ${IDS.pipelineRunId} }`,
    ...parts,
  };
  return Object.entries(base)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

/** The keys of a runbook that name the export of {@link pipelineWorld}. */
export const WITH_EXPORT = {
  source: `{ project: ${IDS.drillsId}, cluster: orders }`,
  export: IDS.snapshotExportId,
} as const;

/** A job that must follow a pipeline. */
export function asPipeline(job: Job): PipelineJob {
  if (!isPipelineJob(job)) throw new TypeError(`Job ${job.jobId} is a ${job.kind}, not a pipeline's.`);
  return job;
}
