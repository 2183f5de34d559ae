import { describe, expect, it } from 'vitest';
import type { RestoreRunbook } from '../../../../core/runbooks/kinds/restore.ts';
import type { GuardFacts, PointInTimeFacts } from '../../../../core/runbooks/guards/facts.ts';
import { cluster, pointInTimeFacts, runbook } from '../fixtures.ts';
import { AT_POINT, chosen, guardOf, POINT } from './guard-of.ts';

const PAUSED: Partial<GuardFacts> = { source: { seen: cluster({ paused: true }) } };
/** What the fixtures choose is not chosen yet. */
const NOT_CHOSEN = { recoveryPoint: undefined } as unknown as Partial<GuardFacts>;
const FRESH = runbook({ recoveryPoint: { fresh: {} } });

describe('a paused source', () => {
  const judge = (facts: Partial<GuardFacts>, book: RestoreRunbook) =>
    guardOf('source-has-backups', { ...PAUSED, ...facts }, book);
  const newest = (at: string | undefined): Partial<GuardFacts> => ({
    ...AT_POINT,
    pointInTimeWindow: { seen: pointInTimeFacts({ newest: at }) },
  });

  it('takes no fresh snapshot', () => {
    const result = judge(NOT_CHOSEN, FRESH);
    expect(result.outcome).toBe('fail');
    expect(result.message).toContain('resume it first');
  });

  it('keeps the fresh snapshot that was taken before the pause, and all others', () => {
    expect(judge(chosen({}), FRESH).outcome).toBe('pass');
    expect(judge(chosen({}), runbook()).outcome).toBe('pass');
    expect(judge(chosen({}), runbook({ recoveryPoint: { random: { within: '7d' } } })).outcome).toBe('pass');
  });

  it.each([
    // The point in time is 02:46:40.
    ['2026-08-10T02:46:39.000Z', 'unknown'],
    ['2026-08-10T02:46:40.000Z', 'pass'],
    ['2026-08-10T02:50:00.000Z', 'pass'],
    [undefined, 'unknown'],
  ])('has points in time for sure only until its newest snapshot, %s: %s', (at, outcome) => {
    expect(judge(newest(at), POINT).outcome).toBe(outcome);
  });

  it('is unknown where its snapshots could not be read', () => {
    expect(judge({ ...AT_POINT, pointInTimeWindow: { unseen: '403' } }, POINT).outcome).toBe('unknown');
  });

  it('fails all the same without backups', () => {
    const off = { source: { seen: cluster({ paused: true, backups: false }) } };
    expect(judge({ ...off, ...chosen({}) }, runbook()).outcome).toBe('fail');
  });
});

describe('a point in time that a restore onto the source took out', () => {
  const judge = (gaps: PointInTimeFacts['gaps']) =>
    guardOf(
      'point-in-time-in-window',
      { ...AT_POINT, pointInTimeWindow: { seen: pointInTimeFacts({ gaps }) } },
      POINT,
    );
  const gap = (from: string, to?: string) => [
    { restoreJobId: '66a', certain: true, from: `2026-08-10T${from}Z`, to: to && `2026-08-10T${to}Z` },
  ];

  it.each<[string, string | undefined, string]>([
    ['02:46:40', '02:50:00', 'fail'],
    ['02:46:41', '02:50:00', 'pass'],
    ['02:00:00', '02:46:40', 'pass'],
    ['02:00:00', '02:46:41', 'fail'],
    ['02:00:00', undefined, 'fail'],
  ])('from %s until %s: %s', (from, to, outcome) => {
    expect(judge(gap(from, to)).outcome).toBe(outcome);
  });

  it('is unknown where Atlas does not say onto which cluster it was', () => {
    const [maybe] = gap('02:00:00').map((one) => ({ ...one, certain: false }));
    const elsewhere = { restoreJobId: '66b', certain: false, from: '2026-08-10T02:46:41Z' };
    expect(judge(maybe === undefined ? [] : [maybe]).outcome).toBe('unknown');
    expect(judge(maybe === undefined ? [] : [maybe, ...gap('02:00:00')]).outcome).toBe('fail');
    expect(judge([elsewhere]).outcome).toBe('pass');
  });

  it('names the restore job', () => {
    expect(judge(gap('02:00:00')).message).toContain('restore job 66a overwrote it');
  });
});

describe('a download', () => {
  const DOWNLOAD = runbook({ kind: 'restore', delivery: 'download', target: undefined });
  const judge = (openDownloads: GuardFacts['openDownloads']) =>
    guardOf('snapshot-not-being-downloaded', openDownloads === undefined ? {} : { openDownloads }, DOWNLOAD);
  const of = (snapshotId: string) => ({ seen: [{ restoreJobId: '66a', snapshotId }] });

  it('waits for no other of the same snapshot', () => {
    expect(judge({ seen: [] }).outcome).toBe('pass');
    expect(judge(of('650000000000000000000002')).outcome).toBe('pass');
    expect(judge(of('650000000000000000000001')).outcome).toBe('fail');
    expect(judge({ unseen: '403' }).outcome).toBe('unknown');
  });
});
