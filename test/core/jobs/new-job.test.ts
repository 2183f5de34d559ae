import { describe, expect, it } from 'vitest';
import { MAX_RUNBOOK_BYTES, newJob, RunbookTooLongError } from '../../../core/jobs/new-job.ts';
import { NOW, sampleRunbook } from './sample-job.ts';

const from = {
  jobId: '01K2A0000000000000000000AA',
  runbook: sampleRunbook(),
  runbookText: 'version: 1\n',
  policy: { protectedClusters: ['p/*'] },
  startedBy: { type: 'cli', who: 'me' },
  seed: 7,
  now: NOW,
} as const;

describe('newJob', () => {
  it('begins as PENDING with nothing done', () => {
    expect(newJob(from)).toEqual({
      jobId: from.jobId,
      version: 1,
      kind: 'drill',
      status: 'PENDING',
      runbook: from.runbook,
      runbookText: from.runbookText,
      policy: from.policy,
      startedBy: from.startedBy,
      seed: 7,
      createdAt: NOW,
      updatedAt: NOW,
      phases: {},
      restoreAttempts: 0,
      atlas: {},
      guards: [],
      checks: [],
      steps: {},
      approvals: {},
      notices: {},
      rtoSeconds: null,
      rpoSeconds: null,
    });
  });

  it('keeps what the simulation was started with', () => {
    expect(newJob({ ...from, simulation: { seed: 3, speed: 600 } }).simulation).toEqual({
      seed: 3,
      speed: 600,
    });
  });

  it('keeps which Atlas it begins in', () => {
    expect(newJob({ ...from, atlasUrl: 'https://cloud.mongodb.com' }).atlasUrl).toBe(
      'https://cloud.mongodb.com',
    );
  });

  it('measures the runbook in bytes, not in characters', () => {
    const fits = 'é'.repeat(MAX_RUNBOOK_BYTES / 2);
    expect(newJob({ ...from, runbookText: fits }).runbookText).toBe(fits);
    expect(() => newJob({ ...from, runbookText: `${fits}.` })).toThrow(RunbookTooLongError);
  });
});
