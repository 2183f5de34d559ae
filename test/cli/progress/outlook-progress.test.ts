import { expect, it } from 'vitest';
import { plainProgress } from '../../../cli/progress/plain.ts';
import type { Progress } from '../../../cli/progress/progress.ts';
import { watchOutlook } from '../../../cli/progress/watch-outlook.ts';
import { agingOutlook } from '../../../cli/remote/aging-outlook.ts';
import { outputOn } from '../../../cli/terminal.ts';
import { isoTime } from '../../../core/clock.ts';
import type { JobOutlook, OutlookAt } from '../../../core/commands/job-outlook.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { outlook } from '../../../core/polling/outlook.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { memoryJobs } from '../../support/memory-jobs.ts';
import { between } from '../../core/polling/durations-of.ts';
import { at, passedDrill } from '../../core/report/fixtures.ts';

/** A progress that keeps what it is told of how long work takes. */
function keeping(): { readonly progress: Progress; readonly told: (OutlookAt | undefined)[] } {
  const told: (OutlookAt | undefined)[] = [];
  const nothing = () => undefined;
  const progress = { job: nothing, event: nothing, note: nothing, stop: nothing };
  return { told, progress: { ...progress, outlook: (one) => void told.push(one) } };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it('reads what earlier work took once, when the restore begins, and tells when it is over', async () => {
  const { told, progress } = keeping();
  let reads = 0;
  const durations: JobStore['durations'] = () => {
    reads += 1;
    return Promise.resolve({ own: between(150, 350, 41) });
  };
  const foretell = watchOutlook({ ...memoryJobs().jobs, durations }, progress);
  const { job } = passedDrill();
  const { restoreFinishedAt, ...atlas } = job.atlas;
  expect(restoreFinishedAt).toBeDefined();
  const restoring = { ...job, status: 'RUNNING' as const, atlas };
  for (const version of [1, 2, 3]) foretell({ ...restoring, version });
  await settled();
  expect(reads).toBe(1);
  expect(told).toHaveLength(1);
  expect(told[0]?.(at(100))).toMatchObject({ phase: 'restore', earlier: 41 });
  foretell(job);
  await settled();
  expect(told).toEqual([told[0], undefined]);
});

it('says less, and nothing wrong, when the history can not be read', async () => {
  const { told, progress } = keeping();
  const durations: JobStore['durations'] = () => Promise.reject(new Error('gone'));
  const { job } = passedDrill();
  const { restoreFinishedAt, ...atlas } = job.atlas;
  expect(restoreFinishedAt).toBeDefined();
  watchOutlook({ ...memoryJobs().jobs, durations }, progress)({ ...job, status: 'RUNNING', atlas });
  await settled();
  expect(told).toEqual([]);
});

it('counts on from what the API said until it says more, and never below zero', () => {
  const { told, progress } = keeping();
  const clock = manualClock();
  const say = agingOutlook(progress, clock);
  const first: JobOutlook = { phase: 'restore', ...outlook(100, { own: between(150, 350, 41) }) };
  say(first);
  const now = (seconds: number) => told[0]!(isoTime(clock.now() + seconds * 1000));
  expect(now(0)).toEqual(first);
  expect(now(9.5)).toMatchObject({
    elapsedSeconds: 109,
    left: { likelySeconds: first.left!.likelySeconds - 9 },
  });
  expect(Object.values(now(9_000).left!)).toEqual([0, 0, 0, 0]);
  say({ ...first, elapsedSeconds: 160 });
  expect(told).toHaveLength(1);
  expect(now(0).elapsedSeconds).toBe(160);
  say(undefined);
  expect(told).toEqual([told[0], undefined]);
});

it('tells in a log once what is known, and nothing where nothing is', () => {
  const lines: string[] = [];
  const err = { ...outputOn(process.stderr, {}, false), line: (text = '') => void lines.push(text) };
  const progress = plainProgress(passedDrill().job, manualClock(), err);
  const known = (own: Parameters<typeof outlook>[1]['own']): OutlookAt => {
    return () => ({ phase: 'restore', ...outlook(0, { own }) });
  };
  progress.outlook(known([]));
  progress.outlook(undefined);
  progress.outlook(known(between(150, 350, 41)));
  expect(lines.slice(1)).toEqual([
    '2026-08-10T03:00:00Z outlook restore: likely 3 to 5 min more; nine in ten done by 03:05:33 UTC.',
  ]);
});
