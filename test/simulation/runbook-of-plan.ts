import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { BEGINNING, MIGRATIONS, PLACES } from './atlas-of-plan.ts';
import type { JobPlan, StepPlan } from './plan.ts';

/** What is posted to, by steps; nothing leaves the simulation. */
const ADDRESS = 'https://shop.example.com/hooks';

const STEPS: Readonly<Record<StepPlan, { readonly stage: string; readonly step: object }>> = {
  'ready webhook': { stage: 'ready', step: webhook('ready') },
  'before webhook': { stage: 'before', step: webhook('before') },
  'after change': {
    stage: 'after',
    step: { name: 'find slow operations', use: 'slow-operation-threshold' },
  },
  'cleanup webhook': { stage: 'cleanup', step: webhook('tidy') },
  'verify measurements': {
    stage: 'verify',
    step: { name: 'same contents', use: 'measurements', with: { tolerance: 5 } },
  },
};

function webhook(name: string): object {
  return { name, use: 'webhook', with: { url: ADDRESS } };
}

/** The text of a job's runbook: JSON, which is YAML as well. */
export function runbookOf(job: JobPlan): string {
  return JSON.stringify({ version: 1, name: `simulated-${job.kind}`, ...undertakingOf(job) });
}

function undertakingOf(job: JobPlan): object {
  switch (job.kind) {
    case 'cutover':
      return cutoverOf(job);
    case 'pipeline':
      return {
        kind: job.kind,
        pipeline: { project: IDS.archiveId, name: IDS.pipelineName, run: IDS.pipelineRunId },
        resume: true,
        ...approvalOf(job),
        ...stepsOf(job, ['ready', 'cleanup']),
        timeouts: { ...limit('run', withinJob(job)), ...limit('job', job.jobLimit) },
      };
    case 'campaign':
      return {
        kind: job.kind,
        sources: { clusters: PLACES.sources.dedicated },
        targets: PLACES.targets.dedicated.slice(0, job.target + 1),
        drill: {
          recoveryPoint: pointOf(job),
          ...stepsOf(job, ['verify', 'after', 'cleanup']),
          timeouts: limit('restore', job.restoreLimit),
        },
        timeouts: limit('job', job.jobLimit),
      };
    default:
      return restoreOf(job);
  }
}

function restoreOf(job: JobPlan): object {
  const size = job.flex ? 'flex' : 'dedicated';
  const target = job.kind === 'download' ? {} : { target: PLACES.targets[size][job.target] };
  const delivery =
    job.kind === 'download' ? 'download' : job.point === 'pointInTime' ? 'pointInTime' : 'automated';
  return {
    kind: job.kind === 'drill' ? 'drill' : 'restore',
    source: PLACES.sources[size][job.source],
    ...target,
    delivery,
    recoveryPoint: pointOf(job),
    onCancel: job.onCancel,
    ...approvalOf(job),
    ...stepsOf(job, ['ready', 'before', 'verify', 'after', 'cleanup']),
    timeouts: { ...limit('restore', withinJob(job)), ...limit('job', job.jobLimit) },
  };
}

function cutoverOf(job: JobPlan): object {
  return {
    kind: 'cutover',
    migration: MIGRATIONS[job.target],
    target: PLACES.migrated[job.target],
    lag: { atMost: '5s', readings: 2, every: '10s' },
    // Longer than the limit of the job it would be a mistake of the runbook.
    maxWriteStop: `${Math.min(600, job.jobLimit ?? 600)}s`,
    rollback: 'Let the application write to {{source}} again.',
    stopWrites: [webhook('stop')],
    switchWrites: [webhook('switch')],
    resumeWrites: [webhook('resume')],
    ...approvalOf(job),
    ...stepsOf(job, ['ready', 'before', 'cleanup']),
    timeouts: limit('job', job.jobLimit),
  };
}

/** Longer than the limit of the job it would be a mistake of the runbook. */
function withinJob({ restoreLimit, jobLimit = Infinity }: JobPlan): number | undefined {
  return restoreLimit === undefined ? undefined : Math.min(restoreLimit, jobLimit);
}

function pointOf({ point }: JobPlan): object {
  switch (point) {
    case 'pointInTime':
      return { pointInTime: { utcSeconds: BEGINNING / 1000 - 3600 } };
    case 'random':
      return { random: { within: '2d' } };
    default:
      return { [point]: {} };
  }
}

function approvalOf({ approval, jobLimit }: JobPlan): object {
  return approval === undefined
    ? {}
    : { approval: { within: `${Math.min(approval.within, jobLimit ?? Infinity)}s` } };
}

function stepsOf({ steps }: JobPlan, stages: readonly string[]): Record<string, object[]> {
  const lists = stages.map((stage) => [
    stage,
    steps
      .map((step) => STEPS[step])
      .filter((known) => known.stage === stage)
      .map(({ step }) => step),
  ]);
  return Object.fromEntries(lists) as Record<string, object[]>;
}

function limit(name: string, seconds: number | undefined): object {
  return seconds === undefined ? {} : { [name]: `${seconds}s` };
}
