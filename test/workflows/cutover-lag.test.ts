import { describe, expect, it } from 'vitest';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import type { CutoverJob } from '../../core/jobs/job.ts';
import { writeStopSeconds, writesStoppedAt } from '../../core/jobs/write-stop.ts';
import { openNight, TARGET, type Night, type NightOptions } from '../support/cutovers.ts';

/** How long writes may be stopped in these nights, seconds. */
const MAX_WRITE_STOP = 180;

/** The job of a night whose migration behaves so once its writes are stopped. */
async function afterWriteStop(
  stretches: readonly { readonly after: number; readonly [key: string]: unknown }[],
  options: NightOptions = {},
): Promise<{ readonly job: CutoverJob; readonly night: Night }> {
  // Ready from the start, and ten minutes in when it comes to stop writes.
  const history = stretches.map(({ after, ...stretch }) => ({ from: 600 + after, ...stretch }));
  const migration = { readyAfter: 0, history } as object;
  const parts = { maxWriteStop: `${MAX_WRITE_STOP}s`, ...options.parts };
  const night = await openNight({ ...options, parts, world: { migration } });
  night.at.when('approval-approved', () => {
    night.at.clock.advance(600);
    return Promise.resolve();
  });
  return { job: await night.run(), night };
}

/** What holds where the cutover was never asked for although writes were stopped: they are resumed by themselves. */
async function expectResumed({ job, night }: { job: CutoverJob; night: Night }): Promise<void> {
  expect(night.requests()).toBe(0);
  expect(night.posted()).toEqual(['stop', 'resume']);
  expect(sideOf(job.cutover)).toBe('before');
  expect(job.steps['resumeWrites/resume']?.status).toBe('done');
  expect(writeStopSeconds(job)).toBeGreaterThan(0);
  expect(await night.types()).toContain('writes-resumed');
  expect(job.failure?.changed).toContain('Steps of resumeWrites: done: resume.');
  expect(await night.at.jobs.lease(TARGET)).toBeUndefined();
}

describe('the lag, once writes are stopped', () => {
  it.each([
    ['too high', [{ after: 0, lag: 6 }]],
    ['missing, which is not zero', [{ after: 0, lag: null }]],
    ['rising past the threshold', [{ after: 0, lag: 3, rising: 0.5 }]],
    ['low, of a migration that is not ready any more', [{ after: 0, ready: false, lag: 1 }]],
    ['low, of a migration that is new again', [{ after: 0, status: 'NEW', lag: 1 }]],
    [
      'low, but never three times in a row',
      Array.from({ length: 20 }, (_, index) => ({ after: index * 12, lag: index % 2 === 0 ? 1 : 9 })),
    ],
  ])('is %s: no cutover, and writes are resumed after maxWriteStop', async (_case, stretches) => {
    const played = await afterWriteStop(stretches);
    expect(played.job).toMatchObject({ status: 'FAILED', failure: { name: 'WriteStopLimitError' } });
    await expectResumed(played);
    const seconds = writeStopSeconds(played.job) ?? 0;
    expect(seconds).toBeGreaterThanOrEqual(MAX_WRITE_STOP);
    expect(seconds).toBeLessThan(MAX_WRITE_STOP + 5);
  });

  it.each([
    [
      'high at first',
      [
        { after: 0, lag: 200 },
        { after: 120, lag: 2 },
      ],
    ],
    [
      'missing at first',
      [
        { after: 0, lag: null },
        { after: 120, lag: 0 },
      ],
    ],
    [
      'interrupted by a look that finds it not ready',
      [
        { after: 15, ready: false },
        { after: 25, ready: true, lag: 5 },
      ],
    ],
  ])('is %s: the cutover is asked for once the lag has been low three times', async (_case, stretches) => {
    const { job, night } = await afterWriteStop(stretches);
    expect(job.failure).toBeUndefined();
    expect(night.requests()).toBe(1);
    expect(await night.types()).toContain('lag-not-low');
    const row = (await night.at.jobs.timeline(night.jobId))
      .filter(({ type }) => type === 'lag-low')
      .slice(-3);
    expect(row.map(({ data }) => data?.reading)).toEqual([1, 2, 3]);
  });

  it('is read once more just before the request, and stops it when it has risen by then', async () => {
    const night = await openNight({
      world: { migration: { readyAfter: 0, history: [{ from: 9000, lag: 60 }] } },
    });
    let low = 0;
    const countLow = () => {
      night.at.when('lag-low', () => {
        low += 1;
        if (low === 3) night.at.clock.advance(9000);
        countLow();
        return Promise.resolve();
      });
    };
    countLow();
    const job = await night.run();
    expect(low).toBe(3);
    expect(job.failure?.name).toBe('WriteStopLimitError');
    await expectResumed({ job, night });
  });

  it('counts no row that nobody saw for longer than three readings take, and says so', async () => {
    const night = await openNight();
    night.at.when('lag-low', () => {
      night.at.clock.advance(90);
      return Promise.resolve();
    });
    const job = await night.run();
    expect(job.status).toBe('SUCCEEDED');
    const lag = (await night.types()).filter((type) => type.startsWith('lag-'));
    expect(lag).toEqual(['lag-low', 'lag-row-broken', 'lag-low', 'lag-low', 'lag-low']);
    const told = (await night.at.jobs.timeline(night.jobId)).find(({ type }) => type === 'lag-row-broken');
    expect(told?.message).toMatch(/^Nobody saw the lag for \d+ s: the row of 1 low reading before that/);
  });

  it('counts a silent Atlas as an unknown lag', async () => {
    const played = await afterWriteStop([], {
      faults: [{ operation: 'getGroupLiveMigration', status: 500, after: 4 }],
    });
    expect(played.job.failure?.name).toBe('WriteStopLimitError');
    await expectResumed(played);
  });

  it.each([
    ['FAILED', 'MigrationFailedError'],
    ['EXPIRED', 'MigrationExpiredError'],
  ])('is not read to the end when the migration is %s: writes are resumed at once', async (status, name) => {
    const played = await afterWriteStop([{ after: 5, status, ready: false, lag: null }]);
    expect(played.job.failure?.name).toBe(name);
    expect(played.job.cutover.status).toBe(status);
    await expectResumed(played);
    expect(writeStopSeconds(played.job)).toBeLessThan(60);
  });

  it('stays stopped when somebody else cut over meanwhile: what is written to the source would be lost', async () => {
    const { job, night } = await afterWriteStop([{ after: 5, status: 'COMPLETE', ready: false, lag: null }]);
    expect(job.failure?.name).toBe('MigrationCutOverError');
    expect(night.requests()).toBe(0);
    expect(night.posted()).toEqual(['stop']);
    expect(sideOf(job.cutover)).toBe('after');
    expect(await night.types()).toContain('resume-skipped');
  });

  // Neither ready nor with a lag: so Atlas shows a migration while it is cut over.
  const BEING_CUT_OVER = { after: 5, ready: false, lag: null };

  it('stays stopped while somebody else cuts over, and follows that to its end', async () => {
    const { job, night } = await afterWriteStop([
      BEING_CUT_OVER,
      { after: MAX_WRITE_STOP + 300, status: 'COMPLETE', ready: false, lag: null },
    ]);
    expect(job.failure).toMatchObject({
      name: 'WriteStopLimitError',
      changed: expect.stringContaining('by somebody else') as string,
    });
    expect(night.requests()).toBe(0);
    expect(night.posted()).toEqual(['stop']);
    expect(sideOf(job.cutover)).toBe('after');
    expect(await night.types()).toContain('resume-skipped');
  });

  it('is resumed once the target follows its source again, which was no cutover', async () => {
    const played = await afterWriteStop([
      BEING_CUT_OVER,
      { after: MAX_WRITE_STOP + 60, ready: true, lag: 2 },
    ]);
    expect(played.job.failure?.name).toBe('WriteStopLimitError');
    await expectResumed(played);
  });

  it('stays stopped when it never becomes clear whether somebody else cut over', async () => {
    const { job, night } = await afterWriteStop([BEING_CUT_OVER], {
      parts: { timeouts: '{ cutover: 20m }' },
    });
    expect(job.failure).toMatchObject({ name: 'WriteStopLimitError', unsure: true });
    expect(night.posted()).toEqual(['stop']);
    expect(sideOf(job.cutover)).toBe('unknown');
    const waited = Date.parse(job.endedAt ?? '') - Date.parse(job.cutover.maybeCutOverSince ?? '');
    expect(waited / 1000).toBeGreaterThan(1200);
    expect(waited / 1000).toBeLessThan(1220);
  });
});

describe('maxWriteStop', () => {
  it('is told of before it is reached, and nothing else is told while writes are stopped', async () => {
    const notify = '[{ webhook: { url: "https://ops.example.com/hook" } }]';
    const { job, night } = await afterWriteStop([{ after: 5, lag: null }], { parts: { notify } });
    expect(job.failure?.name).toBe('WriteStopLimitError');
    const told = (await night.at.jobs.timeline(job.jobId)).filter(({ type }) => type === 'notice-sent');
    const stopped = Date.parse(writesStoppedAt(job) ?? '');
    const back = Date.parse(job.cutover.writesBackAt ?? '');
    const meanwhile = told.filter(({ at }) => Date.parse(at) > stopped && Date.parse(at) < back);
    expect(meanwhile.map(({ data }) => data?.notice)).toEqual(['at-risk/writeStop']);
  });

  it('cuts the wait for a person short, and lets the application write again', async () => {
    const night = await openNight({
      parts: {
        maxWriteStop: '2m',
        stopWrites:
          '[{ name: stop, use: webhook, with: { url: https://shop.example.com/writes } }, { name: sure, use: approval, timeout: 1h, with: { prompt: Nothing writes. } }]',
      },
    });
    // The step before the write stop is approved, the one in it is not.
    night.at.when('step-done', () => {
      night.at.when('approval-wanted', () => Promise.resolve());
      return Promise.resolve();
    });
    const job = await night.run();
    expect(job.failure?.name).toBe('WriteStopLimitError');
    await expectResumed({ job, night });
    expect(writeStopSeconds(job)).toBeLessThan(125);
  });

  it('ends a stop whose answer never comes, and resumes', async () => {
    const night = await openNight({
      parts: {
        maxWriteStop: '90s',
        stopWrites:
          '[{ name: stop, use: webhook, timeout: 1h, with: { url: https://shop.example.com/writes } }]',
      },
      faults: [{ operation: 'inbox', status: 429, count: 12 }],
    });
    const job = await night.run();
    expect(job.failure?.name).toBe('WriteStopLimitError');
    expect(night.requests()).toBe(0);
    expect(job.steps['resumeWrites/resume']?.status).toBe('done');
  });

  it('says so when writes could not be resumed', async () => {
    const resumeWrites =
      '[{ name: resume, use: webhook, with: { url: https://shop.example.com/writes } }, { name: resume too, use: webhook, with: { url: https://shop.example.com/writes } }]';
    const { job, night } = await afterWriteStop([{ after: 0, lag: null }], {
      parts: { resumeWrites },
      faults: [{ operation: 'inbox', status: 403, after: 1, count: 1 }],
    });
    expect(night.posted()).toEqual(['stop', 'resume too']);
    expect(job.failure?.name).toBe('WriteStopLimitError');
    expect(job.failure?.changed).toContain('Steps of resumeWrites: done: resume too; failed: resume.');
    expect(await night.types()).toContain('writes-not-resumed');
    expect(writeStopSeconds(job)).toBeNull();
  });
});
