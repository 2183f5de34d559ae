import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isoTime } from '../../../core/clock.ts';
import { HistoryUnavailableError, OtherAtlasError } from '../../../core/jobs/errors.ts';
import type { Job } from '../../../core/jobs/job.ts';
import { leaseName } from '../../../core/jobs/lease-name.ts';
import { isFinal } from '../../../core/jobs/status.ts';
import { NO_POLICY } from '../../../core/policy/policy.ts';
import { createJobKeeper, type JobKeeper, type KeeperSettings } from '../../../local/serve/job-keeper.ts';
import { reportPath } from '../../../local/report-files.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';

interface Kept {
  readonly keeper: JobKeeper;
  readonly rehearsal: Rehearsal;
  readonly failures: unknown[];
  readonly home: string;
  readonly opened: string[];
  /** Resolves with the job once it has ended. */
  readonly ended: (jobId: string) => Promise<Job>;
  /** Resolves once the last event of a job that succeeded is recorded here. */
  readonly closed: (jobId: string) => Promise<void>;
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
    now: () => clock.now(),
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
    home,
    opened,
    closed: (jobId) => new Promise((resolve) => waiting.set(jobId, resolve)),
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

describe('a job with its final status whose process died before it was closed', () => {
  /** Runs a job to its end, and makes it as it was right after its final status was recorded. */
  async function endedJob({ rehearsal }: Kept): Promise<Job> {
    const { jobId } = await rehearsal.start(runbookText());
    const job = await rehearsal.run(jobId);
    const at = isoTime(rehearsal.clock.now());
    // The record is written in one piece; what follows it was not done.
    const copy = { ...job, jobId: ulid(), notices: {} };
    await rehearsal.jobs.create(copy);
    await rehearsal.jobs.append(copy.jobId, {
      at,
      type: 'job-started',
      once: 'job-started',
      message: 'It began.',
    });
    await rehearsal.jobs.takeLease(
      { target: leaseName(copy) ?? '', owner: copy.jobId, expiresAt: '2999-01-01T00:00:00.000Z' },
      at,
    );
    return copy;
  }

  it('is closed: its last event, its lease and its report', async () => {
    const kept = await openKeeper();
    const job = await endedJob(kept);
    const closed = kept.closed(job.jobId);
    await kept.keeper.closeAll();
    await closed;
    await kept.keeper.stop();
    const { jobs } = kept.rehearsal;
    expect((await jobs.timeline(job.jobId)).map(({ once }) => once)).toContain('job-ended');
    expect(await jobs.lease(leaseName(job) ?? '')).not.toMatchObject({ owner: job.jobId });
    expect(kept.opened).toEqual([job.jobId]);
  });

  it('is closed once: a job that is closed only gets the report that it lacks', async () => {
    const kept = await openKeeper();
    const { jobId } = await kept.rehearsal.start(runbookText());
    await kept.rehearsal.run(jobId);
    expect(existsSync(reportPath(kept.home, jobId))).toBe(false);
    await kept.keeper.closeAll();
    expect(existsSync(reportPath(kept.home, jobId))).toBe(true);
    expect(kept.opened).toEqual([]);
  });

  it('is closed also where a report of it was written before it ended', async () => {
    const kept = await openKeeper();
    const job = await endedJob(kept);
    await mkdir(join(kept.home, 'reports'));
    await mkdir(join(kept.home, 'running'));
    await writeFile(reportPath(kept.home, job.jobId), 'an early one');
    await writeFile(join(kept.home, 'running', `${job.jobId}.pid`), '0');
    const closed = kept.closed(job.jobId);
    await kept.keeper.closeAll();
    await closed;
    await kept.keeper.stop();
    expect((await kept.rehearsal.jobs.timeline(job.jobId)).map(({ once }) => once)).toContain('job-ended');
  });

  it('that lacks nothing but its report gets the one of its end, once', async () => {
    const kept = await openKeeper();
    const { jobId } = await kept.rehearsal.start(runbookText());
    await kept.rehearsal.run(jobId);
    await mkdir(join(kept.home, 'reports'));
    await mkdir(join(kept.home, 'running'));
    const claim = join(kept.home, 'running', `${jobId}.pid`);
    await writeFile(reportPath(kept.home, jobId), 'an early one');
    await writeFile(claim, '0');
    await kept.keeper.closeAll();
    expect(await readFile(reportPath(kept.home, jobId), 'utf8')).toContain('passed');
    expect(existsSync(claim)).toBe(false);
    await writeFile(reportPath(kept.home, jobId), 'as it is');
    await kept.keeper.closeAll();
    expect(await readFile(reportPath(kept.home, jobId), 'utf8')).toBe('as it is');
    expect(kept.opened).toEqual([]);
  });
});
