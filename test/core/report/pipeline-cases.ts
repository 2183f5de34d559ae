import type { JobFailure, PipelineJob } from '../../../core/jobs/job.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { NewEvent } from '../../../core/jobs/timeline.ts';
import type { CheckResult } from '../../../core/runbooks/check.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import { at, chained, phases, PROJECT, SNAPSHOT, type Case } from './fixtures.ts';

export const RUN = '68983a0000000000000000a1';
const RUN_BEFORE = '68970a0000000000000000a0';
export const EXPORT = '68983b0000000000000000e1';

export const PIPELINE_TEXT = `version: 1
kind: pipeline
name: orders-to-lake
pipeline: { project: ${PROJECT}, name: orders-nightly, run: ${RUN} }
source: { project: ${PROJECT}, cluster: orders }
export: ${EXPORT}
floor: { documents: 1000000 }
keptFor: 30d
`;

const GUARDS: readonly CheckResult[] = [
  {
    name: 'run-is-there',
    outcome: 'pass',
    message: `Atlas knows run ${RUN}: it is IN_PROGRESS.`,
    evidence: { state: 'IN_PROGRESS' },
  },
];

const CHECKS: readonly CheckResult[] = [
  { name: 'run-done', outcome: 'pass', message: `run ${RUN} is DONE.`, evidence: { state: 'DONE' } },
  {
    name: 'enough-documents',
    outcome: 'pass',
    message: '1204331 documents were exported; the runbook wants at least 1000000.',
    evidence: { exported: 1_204_331, atLeast: 1_000_000 },
  },
];

const EVENTS: readonly NewEvent[] = [
  { at: at(0), type: 'job-created', message: 'The job was created by dana.' },
  { at: at(2), type: 'guards-passed', message: '1 guards passed.' },
  { at: at(60), type: 'run-progress', message: `Run ${RUN} is IN_PROGRESS, phase EXPORT.` },
  { at: at(1900), type: 'run-done', message: `Run ${RUN} is DONE.` },
  { at: at(1904), type: 'job-succeeded', message: 'The job ended: passed.' },
];

function begun(): PipelineJob {
  const job = newJob({
    jobId: '01K29T6Q00P1PEL1NEJ0B00001',
    runbook: parseRunbook(PIPELINE_TEXT, 'pipeline.yaml'),
    runbookText: PIPELINE_TEXT,
    policy: { protectedClusters: [] },
    startedBy: { type: 'schedule', who: 'cron-runner' },
    seed: 1,
    now: at(0),
  });
  if (job.kind !== 'pipeline') throw new TypeError('The runbook is no pipeline run.');
  return {
    ...job,
    status: 'RUNNING',
    startedAt: at(0.2),
    guards: GUARDS,
    phases: phases({ guard: [0.4, 2], run: [2] }),
    run: {
      follows: 'pipeline',
      state: 'IN_PROGRESS',
      phase: 'EXPORT',
      snapshotId: SNAPSHOT,
      datasetName: 'orders$v1',
    },
  };
}

function made(job: PipelineJob, events: number, now: number): Case<PipelineJob> {
  return {
    job: { ...job, updatedAt: at(now) },
    timeline: chained(job.jobId, EVENTS.slice(0, events)),
    generatedAt: at(now),
  };
}

function ended(job: PipelineJob, name: string, end: number): PipelineJob {
  const failure: JobFailure = {
    name,
    message: 'Something was wrong.',
    next: 'Look at the project in Atlas.',
    at: at(end),
  };
  return { ...job, status: 'FAILED', verdict: 'failed', failure, endedAt: at(end) };
}

/** A run that exported a little less than the one before. */
export function passedRun(): Case<PipelineJob> {
  const job = begun();
  const run = {
    ...job.run,
    state: 'DONE',
    phase: 'INGESTION',
    stats: { documents: 1_204_331, bytes: 3_445_813_248, collections: null },
    deletedAt: '2026-10-09T03:31:40.000Z',
    doneAt: at(1900),
    before: {
      run: RUN_BEFORE,
      jobId: '01K278E0G0P1PEL1NEJ0B00000',
      stats: { documents: 1_230_000, bytes: 3_500_000_000, collections: null },
    },
  };
  const all = { status: 'SUCCEEDED', verdict: 'passed', endedAt: at(1904), checks: CHECKS, run } as const;
  return made(
    { ...job, ...all, phases: phases({ guard: [0.4, 2], run: [2, 1900], verify: [1900, 1903] }) },
    5,
    1905,
  );
}

/** A run that exported too little. */
export function tooFewDocuments(): Case<PipelineJob> {
  const { job } = passedRun();
  const run = { ...job.run, stats: { documents: 12, bytes: 4096, collections: null } };
  const few = {
    name: 'enough-documents',
    outcome: 'fail',
    message: '12 documents were exported; the runbook wants at least 1000000.',
  } as const;
  return made(
    ended({ ...job, run, checks: [...CHECKS.slice(0, 1), few] }, 'VerificationFailedError', 1903),
    4,
    1905,
  );
}

/** Done, but Atlas does not say what it exported, and there is no run before. */
export function untoldRun(): Case<PipelineJob> {
  const { job, ...rest } = passedRun();
  const { stats, before, ...run } = job.run;
  if (stats === undefined || before === undefined) throw new TypeError('The run was told.');
  const blind = {
    name: 'enough-documents',
    outcome: 'unknown',
    message: 'Atlas does not say how many.',
  } as const;
  return { ...rest, job: { ...job, run, verdict: 'inconclusive', checks: [...CHECKS.slice(0, 1), blind] } };
}

/** The run failed in Atlas. */
export function failedRun(): Case<PipelineJob> {
  const job = begun();
  return made(ended({ ...job, run: { ...job.run, state: 'FAILED' } }, 'PipelineRunFailedError', 700), 3, 701);
}

/** Atlas knows no such run, and the runbook names no export. */
export function goneRun(): Case<PipelineJob> {
  const job = {
    ...begun(),
    guards: [],
    run: { follows: 'pipeline' as const },
    phases: phases({ guard: [0.4, 2] }),
  };
  return made(ended(job, 'PipelineGoneError', 2), 1, 3);
}

/** The snapshot export job was followed in the run's place. */
export function exportedInstead(): Case<PipelineJob> {
  const { job, ...rest } = passedRun();
  const run = {
    follows: 'exports' as const,
    state: 'Successful',
    snapshotId: SNAPSHOT,
    prefix: 'exported_snapshots/orders/2026-08-10T0300/1786330800',
    stats: { documents: null, bytes: null, collections: 16 },
    collections: 16,
    doneAt: at(1900),
  };
  return { ...rest, job: { ...job, run } };
}

/** Being followed. */
export function runInProgress(): Case<PipelineJob> {
  return made(begun(), 3, 400);
}

/** Told to stop; Atlas goes on with the run. */
export function cancelledRun(): Case<PipelineJob> {
  const failed = ended(begun(), 'JobCancelledError', 500);
  return made(
    { ...failed, status: 'CANCELLED', cancel: { at: at(499), by: 'dana', reason: 'Not needed.' } },
    3,
    501,
  );
}

export const PIPELINE_CASES: Readonly<Record<string, () => Case<PipelineJob>>> = {
  passedRun,
  tooFewDocuments,
  untoldRun,
  failedRun,
  goneRun,
  exportedInstead,
  runInProgress,
  cancelledRun,
};
