import { describe, expect, it } from 'vitest';
import type { RestoreJob } from '../../../core/jobs/job.ts';
import type { TaskContext } from '../../../core/tasks/context.ts';
import { stopIfCancelled, stopIfFailed, stopIfGuardsLate, stopIfLate } from '../../../core/tasks/stopping.ts';
import { NOW, sampleJob } from '../jobs/sample-job.ts';

const YEAR_LATER = { clock: { now: () => Date.parse(NOW) + 365 * 86_400_000 } } as unknown as TaskContext;
const cancel = { at: NOW, by: 'ann', reason: 'enough' };
const failure = { at: NOW, name: 'GuardsFailedError', message: 'A guard said no.' };

const STOPS: readonly (readonly [string, Partial<RestoreJob>, (job: RestoreJob) => void])[] = [
  ['cancelled', { cancel }, stopIfCancelled],
  ['failed elsewhere', { failure }, stopIfFailed],
  [
    'late',
    {},
    (job) => {
      stopIfLate(job, YEAR_LATER);
    },
  ],
  [
    'late with its guards',
    { phases: { guard: { startedAt: NOW } } },
    (job) => {
      stopIfGuardsLate(job, YEAR_LATER);
    },
  ],
];

describe.each(STOPS)('the error of a job that is %s', (_why, changes, stop) => {
  it('marks a simulated job, and no other', () => {
    const job = sampleJob(changes);
    const simulation = { seed: 1, speed: 60 };
    expect(() => {
      stop({ ...job, simulation });
    }).toThrow(`${job.jobId} (SIMULATED)`);
    expect(() => {
      stop(job);
    }).toThrow(job.jobId);
    expect(() => {
      stop(job);
    }).not.toThrow('SIMULATED');
  });
});
