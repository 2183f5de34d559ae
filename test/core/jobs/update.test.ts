import { describe, expect, it } from 'vitest';
import { JobConflictError, JobNotFoundError } from '../../../core/jobs/errors.ts';
import { update } from '../../../core/jobs/update.ts';

/** An attempt that meets somebody else's write so often, and what it was told each time. */
function attemptAfter(conflicts: number, error: Error = new JobConflictError('Somebody else wrote it.')) {
  const told: boolean[] = [];
  const attempt = (again: boolean) => {
    told.push(again);
    return told.length <= conflicts ? Promise.reject(error) : Promise.resolve('written');
  };
  return { attempt, told };
}

describe('a conditional update', () => {
  it('writes at once where nobody else does', async () => {
    const { attempt, told } = attemptAfter(0);
    expect(await update(attempt)).toBe('written');
    expect(told).toEqual([false]);
  });

  it('begins anew from what somebody else has written', async () => {
    const { attempt, told } = attemptAfter(9);
    expect(await update(attempt)).toBe('written');
    expect(told).toEqual([false, ...Array.from({ length: 9 }, () => true)]);
  });

  it('gives up after ten attempts, with the conflict', async () => {
    const { attempt, told } = attemptAfter(10);
    await expect(update(attempt)).rejects.toThrow(JobConflictError);
    expect(told).toHaveLength(10);
  });

  it('passes every other error on at once', async () => {
    const { attempt, told } = attemptAfter(1, new JobNotFoundError('No job.'));
    await expect(update(attempt)).rejects.toThrow(JobNotFoundError);
    expect(told).toHaveLength(1);
  });
});
