import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { HistoryUnavailableError, OtherAtlasError } from '../../../core/jobs/errors.ts';
import type { Job } from '../../../core/jobs/job.ts';
import { isFinal } from '../../../core/jobs/status.ts';
import { NO_POLICY } from '../../../core/policy/policy.ts';
import { createJobKeeper, type JobKeeper, type KeeperSettings } from '../../../local/serve/job-keeper.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';

interface Kept {
  readonly keeper: JobKeeper;
  readonly rehearsal: Rehearsal;
  readonly failures: unknown[];
  readonly opened: string[];
  /** Resolves with the job once it has ended. */
  readonly ended: (jobId: string) => Promise<Job>;
}

async function openKeeper(changes: Partial<KeeperSettings> = {}): Promise<Kept> {
  const home = await mkdtemp(join(tmpdir(), 'lifeboat-keeper-'));
  const rehearsal = await openRehearsal();
  const failures: unknown[] = [];
  const opened: string[] = [];
  const waiting = new Map<string, () => void>();
  const { clock, atlas, jobs, context } = rehearsal;
  const keeper = createJobKeeper({
    home,
    jobs,
    policy: NO_POLICY,
    openSession(job) {
      opened.push(job.jobId);
      return Promise.resolve({ clock, atlas, outbound: context.outbound, close: () => Promise.resolve() });
    },
    pause: () => Promise.resolve(),
    onEvent: ({ jobId, type }) => {
      if (type === 'job-succeeded') waiting.get(jobId)?.();
    },
    onFailure: (_, error) => failures.push(error),
    ...changes,
  });
  onTestFinished(async () => {
    await keeper.stop();
    await rehearsal.close();
    await rm(home, { recursive: true, force: true });
  });
  return {
    keeper,
    rehearsal,
    failures,
    opened,
    async ended(jobId) {
      await new Promise<void>((resolve) => {
        waiting.set(jobId, resolve);
        void jobs.get(jobId).then(({ status }) => {
          if (isFinal(status)) resolve();
        });
      });
      return jobs.get(jobId);
    },
  };
}

const OTHER = runbookText({
  name: 'nightly-sessions',
  source: '{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: sessions }',
  target: '{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: sessions-drill }',
});

it('runs several jobs at a time, each once', async () => {
  const { keeper, rehearsal, opened, ended } = await openKeeper();
  const one = await rehearsal.start(runbookText());
  const other = await rehearsal.start(OTHER);
  for (const { jobId } of [one, other, one]) keeper.run(jobId);
  const jobs = await Promise.all([ended(one.jobId), ended(other.jobId)]);
  expect(jobs.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  expect(opened.sort()).toEqual([one.jobId, other.jobId].sort());
});

it('goes on with every job that is not over, and with no other', async () => {
  const { keeper, rehearsal, opened, ended } = await openKeeper();
  const over = await rehearsal.start(runbookText());
  await rehearsal.run(over.jobId);
  const left = await rehearsal.start(runbookText());
  await keeper.resumeAll();
  expect(await ended(left.jobId)).toMatchObject({ status: 'SUCCEEDED' });
  expect(opened).toEqual([left.jobId]);
});

it('tries again what may pass, and leaves alone what will not', async () => {
  const errors = [new HistoryUnavailableError('gone for a moment'), new OtherAtlasError('another one')];
  let tries = 0;
  const { keeper, rehearsal, failures } = await openKeeper({
    openSession() {
      tries += 1;
      return Promise.reject(errors[tries - 1] ?? new Error('asked too often'));
    },
  });
  const job = await rehearsal.start(runbookText());
  keeper.run(job.jobId);
  await keeper.stop();
  expect(failures.slice(0, tries)).toEqual(errors.slice(0, tries));
  expect((await rehearsal.jobs.get(job.jobId)).status).toBe('PENDING');
});

it('stops after the step under way, and takes nothing more on', async () => {
  const { keeper, rehearsal, opened } = await openKeeper();
  const job = await rehearsal.start(runbookText());
  keeper.run(job.jobId);
  await keeper.stop();
  const left = await rehearsal.jobs.get(job.jobId);
  expect(isFinal(left.status)).toBe(false);
  keeper.run(job.jobId);
  await keeper.stop();
  expect(opened).toHaveLength(1);
  expect((await rehearsal.run(job.jobId)).status).toBe('SUCCEEDED');
});
