import { describe, expect, it } from 'vitest';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { twice, twiceAtOnce } from '../faults/deliveries.ts';
import { blindAfterRequest, openNight, runSeeing } from '../support/cutovers.ts';

const PUT = 'cutoverMigration';

describe('exactly one cutover', () => {
  it.each([
    ['its answer is lost', { lostReply: true, count: 1 }, 'cutover-reply-lost'],
    ['a 500 follows the effect', { status: 500, afterEffect: true, count: 1 }, 'cutover-reply-lost'],
    ['nonsense follows the effect', { nonsense: true, count: 1 }, 'cutover-accepted'],
    ['the connection is cut before it', { reset: true, count: 1 }, 'cutover-request-lost'],
    ['a 500 comes instead of it', { status: 500, count: 1 }, 'cutover-request-lost'],
    ['a 503 comes instead of it, twice', { status: 503, count: 2 }, 'cutover-request-lost'],
    ['a 429 comes instead of it, three times', { status: 429, retryAfter: 30, count: 3 }, 'cutover-not-yet'],
    ['a 429 without a hint comes instead of it', { status: 429, count: 1 }, 'cutover-not-yet'],
  ])('when %s', async (_case, fault, event) => {
    const night = await openNight({ parts: { maxWriteStop: '1h' }, faults: [{ operation: PUT, ...fault }] });
    const job = await night.run();
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(night.cutovers()).toBe(1);
    expect(night.posted()).toEqual(['stop', 'switch']);
    const types = await night.types();
    expect(types).toContain(event);
    expect(types.filter((type) => type === 'cutover-accepted')).toHaveLength(1);
  });

  it('reads the lag afresh before it asks again', async () => {
    const night = await openNight({
      parts: { maxWriteStop: '1h' },
      faults: [{ operation: PUT, reset: true, count: 1 }],
    });
    await night.run();
    const types = (await night.types()).filter((type) => /^(lag|cutover)-/.test(type));
    expect(types.slice(0, 8)).toEqual([
      'lag-low',
      'lag-low',
      'lag-low',
      'cutover-reply-lost',
      'cutover-request-lost',
      'lag-low',
      'lag-low',
      'lag-low',
    ]);
  });

  it.each([
    ['one delivery after the other', twice],
    ['both at the same time', twiceAtOnce],
  ])(
    'when every task is delivered twice, %s',
    async (_way, deliver) => {
      for (const faults of [[], [{ operation: PUT, lostReply: true, count: 1 }]]) {
        const night = await openNight({ faults });
        const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, deliver(task)]));
        const job = await night.run({ tasks });
        expect(job.failure).toBeUndefined();
        expect(job.status).toBe('SUCCEEDED');
        expect([night.cutovers(), night.requests()]).toEqual([1, 1]);
        expect(night.posted()).toEqual(['stop', 'switch']);
        const types = await night.types();
        for (const once of ['writes-stopped', 'cutover-accepted', 'cutover-complete', 'writes-switched']) {
          expect(types.filter((type) => type === once)).toEqual([once]);
        }
      }
    },
    60_000,
  );
});

describe('no cutover', () => {
  it.each([
    ['is forbidden', { status: 403, errorCode: 'USER_UNAUTHORIZED' }, 'CutoverRefusedError', 1],
    [
      'is refused, and the migration stands',
      { status: 400, errorCode: 'SOMETHING_ELSE' },
      'CutoverRefusedError',
      1,
    ],
    ['is never answered, and never carried out', { reset: true }, 'CutoverUnsettledError', 3],
    ['is never answered in the time that writes may be stopped', { reset: true }, 'WriteStopLimitError', 1],
  ])('where the request %s: writes are resumed', async (_case, fault, name, requests) => {
    const maxWriteStop = name === 'WriteStopLimitError' ? '3m' : '2h';
    const night = await openNight({ parts: { maxWriteStop }, faults: [{ operation: PUT, ...fault }] });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'FAILED', failure: { name } });
    expect([night.cutovers(), night.requests()]).toEqual([0, requests]);
    expect(sideOf(job.cutover)).toBe('before');
    expect(night.posted()).toEqual(['stop', 'resume']);
  });
});

it('a request that is forbidden was not carried out, whatever can be read of the migration then', async () => {
  const night = await openNight({
    faults: [{ operation: PUT, status: 403, errorCode: 'USER_UNAUTHORIZED' }],
  });
  const job = await runSeeing(night, (seen) =>
    night.requests() === 0 ? seen : { ...seen, status: 'SOMETHING', readyForCutover: false },
  );
  expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'CutoverRefusedError' } });
  expect(await night.types()).not.toContain('cutover-reply-lost');
  expect(sideOf(job.cutover)).toBe('before');
  expect(night.posted()).toEqual(['stop', 'resume']);
});

describe('after the cutover was asked for', () => {
  it('a migration that fails is told as such, and writes stay stopped', async () => {
    const night = await openNight({ world: { migration: { fails: 'afterCutover' } } });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'CutoverFailedError' } });
    expect(job.failure?.changed).toContain('failed during its cutover');
    expect(job.cutover.status).toBe('FAILED');
    expect(night.at.reports.at(-1)?.cutover?.status).toBe('FAILED');
    expect(sideOf(job.cutover)).toBe('after');
    expect(night.posted()).toEqual(['stop']);
    expect(await night.types()).toContain('resume-skipped');
  });

  it('one that fails before its lost answer is settled leaves the side unknown, and writes stopped', async () => {
    const night = await openNight({
      world: { migration: { fails: 'afterCutover', cutoverSeconds: 60 } },
      faults: [
        { operation: PUT, lostReply: true, count: 1 },
        { operation: 'getGroupLiveMigration', status: 503, after: 12, count: 30 },
      ],
    });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'CutoverFailedError' } });
    expect(job.cutover.status).toBe('FAILED');
    expect(sideOf(job.cutover)).not.toBe('before');
    expect(night.posted()).toEqual(['stop']);
  });

  it('one that takes too long runs into its limit, and goes on', async () => {
    const night = await openNight({
      world: { migration: { cutoverSeconds: 20_000 } },
      parts: { timeouts: '{ cutover: 1h }' },
    });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'CutoverTimeLimitError' } });
    expect(job.failure?.changed).toContain('goes on');
    expect(sideOf(job.cutover)).toBe('after');
    expect(night.posted()).toEqual(['stop']);
  });

  it('an Atlas that never says what became of the request leaves the side unknown', async () => {
    const night = await openNight({
      parts: { timeouts: '{ cutover: 30m }' },
      faults: [{ operation: PUT, lostReply: true }],
    });
    const job = await runSeeing(night, blindAfterRequest(night));
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'CutoverUnsettledError', unsure: true } });
    expect(job.failure?.changed).toContain('is not known: look in Atlas before anything writes again');
    expect(sideOf(job.cutover)).toBe('unknown');
    expect(night.requests()).toBe(1);
    expect(night.posted()).toEqual(['stop']);
    expect(await night.types()).toContain('resume-skipped');
  });

  it('a migration that only looked as if it was being cut over is found standing, and writes are resumed', async () => {
    const night = await openNight({ faults: [{ operation: PUT, reset: true }] });
    let looks = 0;
    const job = await runSeeing(night, ({ lagTimeSeconds, ...seen }) => {
      if (night.requests() > 0) looks += 1;
      return looks === 1
        ? { ...seen, readyForCutover: false }
        : { ...seen, ...(lagTimeSeconds !== undefined && { lagTimeSeconds }) };
    });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'CutoverUnsettledError' } });
    expect(sideOf(job.cutover)).toBe('before');
    expect([night.cutovers(), night.requests()]).toEqual([0, 1]);
    expect(night.posted()).toEqual(['stop', 'resume']);
  });
});
