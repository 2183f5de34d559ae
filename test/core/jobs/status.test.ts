import { describe, expect, it } from 'vitest';
import {
  IllegalTransitionError,
  isFinal,
  JOB_STATUSES,
  transition,
  type JobStatus,
} from '../../../core/jobs/status.ts';

const LEGAL = new Set([
  'PENDING>RUNNING',
  'PENDING>FAILED',
  'PENDING>CANCELLED',
  'RUNNING>SUCCEEDED',
  'RUNNING>FAILED',
  'RUNNING>CANCELLED',
]);
const STEPS = JOB_STATUSES.flatMap((from) => JOB_STATUSES.map((to): [JobStatus, JobStatus] => [from, to]));

describe('transition', () => {
  it.each(STEPS.filter(([from, to]) => LEGAL.has(`${from}>${to}`)))('lets %s become %s', (from, to) => {
    expect(transition({ jobId: 'J', status: from }, to)).toBe(to);
  });

  it.each(STEPS.filter(([from, to]) => !LEGAL.has(`${from}>${to}`)))('refuses %s to %s', (from, to) => {
    const attempt = () => transition({ jobId: '01JOB', status: from }, to);
    expect(attempt).toThrow(IllegalTransitionError);
    expect(attempt).toThrow(`Job 01JOB is ${from} and cannot become ${to}.`);
  });

  it('marks a simulated job', () => {
    const job = { jobId: '01JOB', status: 'SUCCEEDED', simulation: { seed: 1, speed: 60 } } as const;
    expect(() => transition(job, 'RUNNING')).toThrow('Job 01JOB (SIMULATED) is SUCCEEDED');
  });

  it('ends in exactly three statuses', () => {
    expect(JOB_STATUSES.filter(isFinal)).toEqual(['SUCCEEDED', 'FAILED', 'CANCELLED']);
  });
});
