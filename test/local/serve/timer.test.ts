import { mkdir, rm, writeFile } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../../core/jobs/job.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import type { ScheduleEvent } from '../../../core/notify/schedule-event.ts';
import { runbookFolder } from '../../../local/serve/runbook-folder.ts';
import { createTimer, type Timer } from '../../../local/serve/timer.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { memoryTable, type MemoryTable } from '../../support/memory-table.ts';

const HOUR = 3600;
/** A Monday. */
const START = '2026-08-10T00:00:00.000Z';
const NIGHTLY = '{ expression: cron(0 3 * * ? *), startWithin: 1h }';

let table: MemoryTable;
let jobs: JobStore;
let clock: ManualClock;
let home: string;
let started: string[];
let told: string[];
let notified: ScheduleEvent[];

/** A timer as a server that has just been started has one. */
function timer(): Timer {
  return createTimer({
    ...{ home, clock, jobs, runbooks: runbookFolder(home) },
    common: { policy: { protectedClusters: [] }, atlasUrl: 'https://cloud.mongodb.com' },
    seed: () => 7,
    run: (jobId) => started.push(jobId),
    onEvent: (message) => told.push(message),
    onFault: (error) => told.push(String(error)),
    notify: (event) => notified.push(event),
  });
}

async function runbook(schedule: string, name = 'nightly-orders'): Promise<void> {
  await writeFile(join(home, `${name}.yaml`), runbookText({ name, schedule }));
}

/** Looks until an instant, as often as the timer asks for. */
async function keepUntil(at: Timer, instant: string): Promise<void> {
  const until = Date.parse(instant);
  for (;;) {
    const next = await at.look();
    if (next > until) break;
    clock.advance(Math.max(1, (next - clock.now()) / 1000));
  }
  clock.advance((until - clock.now()) / 1000);
}

async function history(): Promise<Job[]> {
  const page = await jobs.list({ by: 'all' }, { limit: 100 });
  return Promise.all(page.jobs.map(({ jobId }) => jobs.get(jobId)));
}

const end = async (jobId: string): Promise<void> => {
  const job = await jobs.get(jobId);
  await jobs.save({ ...job, status: 'SUCCEEDED', verdict: 'passed' });
};

beforeEach(() => {
  table = memoryTable();
  jobs = createJobStore(table);
  clock = manualClock(START);
  home = mkdtempSync(join(tmpdir(), 'timer-'));
  started = [];
  told = [];
  notified = [];
});
afterEach(async () => {
  table.close();
  await rm(home, { recursive: true });
});

describe('a timer', () => {
  it('starts a drill when it is due, once, by the name of its schedule', async () => {
    await runbook(NIGHTLY);
    await keepUntil(timer(), '2026-08-10T12:00:00Z');
    const [job, ...others] = await history();
    expect(others).toEqual([]);
    expect(job).toMatchObject({
      status: 'PENDING',
      startedBy: { type: 'schedule', who: 'nightly-orders' },
      createdAt: '2026-08-10T03:00:00.000Z',
    });
    expect(started).toEqual([job?.jobId]);
  });

  it('goes on after a restart where it was', async () => {
    await runbook(NIGHTLY);
    await keepUntil(timer(), '2026-08-10T04:00:00Z');
    await end(started[0]!);
    await keepUntil(timer(), '2026-08-11T04:00:00Z');
    expect(started).toHaveLength(2);
    expect(new Set(started).size).toBe(2);
  });

  it('finds the job of a process that died before it could note that', async () => {
    await runbook(NIGHTLY);
    await keepUntil(timer(), '2026-08-10T02:59:30Z');
    clock.advance(60);
    const dying = createTimer({
      ...{ home, clock, jobs, runbooks: runbookFolder(home) },
      common: { policy: { protectedClusters: [] } },
      seed: () => 1,
      run: () => {
        throw new Error('The process died.');
      },
      onEvent: () => undefined,
      onFault: () => undefined,
      notify: () => undefined,
    });
    await dying.look();
    await timer().look();
    expect(started).toEqual((await history()).map(({ jobId }) => jobId));
    expect(started).toHaveLength(1);
  });

  it('makes up once for what was missed', async () => {
    await runbook(NIGHTLY);
    await keepUntil(timer(), '2026-08-10T02:00:00Z');
    clock.advance(3 * 24 * HOUR + 5 * HOUR);
    const restarted = timer();
    await restarted.look();
    await restarted.look();
    expect(await history()).toMatchObject([{ status: 'PENDING', createdAt: '2026-08-13T07:00:00.000Z' }]);
    await end(started[0]!);
    await keepUntil(restarted, '2026-08-14T04:00:00Z');
    expect(started).toHaveLength(2);
  });

  it('skips what was missed where the runbook says so, and the history tells why', async () => {
    await runbook('{ expression: cron(0 3 * * ? *), catchUp: skip }');
    await keepUntil(timer(), '2026-08-10T02:00:00Z');
    clock.advance(24 * HOUR + 5 * HOUR);
    await timer().look();
    expect(started).toEqual([]);
    expect(await history()).toMatchObject([
      { status: 'CANCELLED', failure: { name: 'ScheduledRunSkippedError' }, cancel: { by: 'the schedule' } },
    ]);
    const [skipped] = await history();
    expect((await jobs.timeline(skipped!.jobId)).map(({ type }) => type)).toEqual(['job-cancelled']);
  });

  it('is in time within startWithin, whatever the runbook says of catching up', async () => {
    await runbook('{ expression: cron(0 3 * * ? *), startWithin: 2h, catchUp: skip }');
    await keepUntil(timer(), '2026-08-10T02:00:00Z');
    clock.advance(2 * HOUR + 60);
    await timer().look();
    expect(started).toHaveLength(1);
  });

  it('waits for the run before, and begins once that has ended', async () => {
    await runbook('{ expression: cron(0 * * * ? *), startWithin: 50m }');
    const at = timer();
    await keepUntil(at, '2026-08-10T02:20:00Z');
    expect(started).toHaveLength(1);
    await end(started[0]!);
    await keepUntil(at, '2026-08-10T02:25:00Z');
    expect(started).toHaveLength(2);
    const second = await jobs.get(started[1]!);
    expect(second.createdAt > '2026-08-10T02:20:00').toBe(true);
  });

  it('skips a run that could not begin in time, and says what was in its way', async () => {
    await runbook(NIGHTLY);
    const lease = { target: '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill', owner: 'somebody' };
    await jobs.takeLease({ ...lease, expiresAt: '2026-08-10T09:00:00.000Z' }, START);
    await keepUntil(timer(), '2026-08-10T10:00:00Z');
    expect(started).toEqual([]);
    expect(await history()).toMatchObject([
      { status: 'CANCELLED', createdAt: expect.stringMatching(/^2026-08-10T04:0/) as string },
    ]);
    expect(told.at(-1)).toContain('Job somebody was working on its target.');
  });

  it('begins somewhere in the flexible window, at the same time after a restart', async () => {
    await runbook('{ expression: cron(0 3 * * ? *), flexibleWindow: 4h }');
    await keepUntil(timer(), '2026-08-10T03:00:00Z');
    await keepUntil(timer(), '2026-08-10T08:00:00Z');
    const [job] = await history();
    expect(started).toEqual([job?.jobId]);
    expect(job?.createdAt).toMatch(/^2026-08-10T0[3-6]:/);
    expect(job?.createdAt).not.toBe('2026-08-10T03:00:00.000Z');
  });

  it('counts a rate from when it first saw it, and anew once it was changed', async () => {
    await runbook('{ expression: rate(6 hours) }');
    const at = timer();
    await at.look();
    expect(started).toHaveLength(1);
    await end(started[0]!);
    await keepUntil(at, '2026-08-10T06:30:00Z');
    expect(started).toHaveLength(2);
    await end(started[1]!);
    await runbook('{ expression: rate(5 hours) }');
    await at.look();
    expect(started).toHaveLength(3);
  });

  it('starts nothing before it is recorded that the schedule began', async () => {
    await runbook('{ expression: rate(6 hours) }');
    // A folder in its place: the file cannot be written.
    await mkdir(join(home, 'schedules.json.new'));
    await timer().look();
    expect(await history()).toEqual([]);
    expect(told.at(-1)).toContain('schedules.json');
    await rm(join(home, 'schedules.json.new'), { recursive: true });
    clock.advance(60);
    await timer().look();
    clock.advance(60);
    await timer().look();
    expect(await history()).toHaveLength(1);
  });

  it('begins anew, says so once, and misses no run when the clock had been ahead', async () => {
    await runbook(NIGHTLY);
    const before = timer();
    await before.look();
    clock.advance(10 * 24 * HOUR);
    await before.look();
    await end(started[0]!);
    // The clock is set back to where it should have been all the time.
    clock = manualClock('2026-08-11T00:00:00.000Z');
    const after = timer();
    await after.look();
    await after.look();
    expect(told.filter((message) => message.includes('The clock of this machine was at least'))).toHaveLength(
      1,
    );
    expect(notified).toEqual([
      {
        version: 1,
        type: 'lifeboat.schedule.clock-was-ahead',
        id: 'clock-was-ahead/nightly-orders/2026-08-11T00:00:00.000Z',
        at: '2026-08-11T00:00:00.000Z',
        text: expect.stringContaining('begins anew') as string,
        runbook: 'nightly-orders',
        aheadSeconds: expect.any(Number) as number,
        simulated: false,
      },
    ]);
    clock.advance(3.5 * HOUR);
    for (let night = 11; night <= 21; night += 1) {
      await after.look();
      await end(started.at(-1)!);
      clock.advance(24 * HOUR);
    }
    expect(started).toHaveLength(12);
    expect(new Set(started).size).toBe(12);
  });

  it('does not begin anew, nor run twice, when the clock is set back by minutes', async () => {
    await runbook(NIGHTLY);
    await keepUntil(timer(), '2026-08-10T03:05:00Z');
    clock = manualClock('2026-08-10T02:40:00.000Z');
    await keepUntil(timer(), '2026-08-10T04:30:00Z');
    expect(started).toHaveLength(1);
    expect(told.some((message) => message.includes('clock'))).toBe(false);
  });

  it.each(['', '{', '[]', '{"nightly-orders":{"beganAt":"yesterday"}}'])(
    'starts nothing while the file of its state says %j, and names the file',
    async (text) => {
      await runbook(NIGHTLY);
      await writeFile(join(home, 'schedules.json'), text);
      await expect(timer().look()).rejects.toThrow(
        expect.objectContaining({
          name: 'ScheduleStateError',
          message: expect.stringContaining(join(home, 'schedules.json')) as string,
          next: expect.stringContaining('delete it') as string,
        }) as Error,
      );
      expect(started).toEqual([]);
    },
  );

  it('keeps the other schedules when a runbook is broken, and tells of it once', async () => {
    await runbook(NIGHTLY);
    await writeFile(join(home, 'a-broken.yaml'), 'version: 1\n');
    await writeFile(join(home, 'z-twin.yaml'), runbookText({ schedule: NIGHTLY }));
    await keepUntil(timer(), '2026-08-10T04:00:00Z');
    expect(started).toHaveLength(1);
    expect(told.filter((message) => message.includes('a-broken'))).toHaveLength(1);
    expect(told.filter((message) => message.includes('z-twin'))).toHaveLength(1);
  });
});
