import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../../core/clock.ts';
import { judgeObjectives } from '../../../core/runbooks/objectives.ts';
import type { RecoveryPoint } from '../../../core/runbooks/snapshot.ts';
import { NOW, runbook } from './fixtures.ts';

const HOUR = 3600;
const after = (seconds: number) => isoTime(Date.parse(NOW) + seconds * 1000);
const at = (seconds: number, parts: Partial<RecoveryPoint> = {}): RecoveryPoint => ({
  chosenBy: 'latest',
  time: after(seconds),
  ...parts,
});

describe('recovery time', () => {
  const objectives = { rto: '1h' };

  it('runs from the start of the job to the verified restore', () => {
    const result = judgeObjectives({
      runbook: runbook({ objectives }),
      startedAt: NOW,
      restoredAt: after(HOUR),
      snapshotSeconds: 0,
      recoveryPoint: at(-HOUR),
    });
    expect(result.rtoSeconds).toBe(HOUR);
    expect(result.rto).toEqual({ objectiveSeconds: HOUR, achievedSeconds: HOUR, met: true });
  });

  it('leaves out the time it took to take a fresh snapshot', () => {
    const fresh = { runbook: runbook({ objectives, recoveryPoint: { fresh: {} } }), startedAt: NOW };
    const taken = { ...fresh, restoredAt: after(2 * HOUR), recoveryPoint: at(60, { chosenBy: 'fresh' }) };
    expect(judgeObjectives({ ...taken, snapshotSeconds: HOUR + 1 }).rto).toMatchObject({
      achievedSeconds: HOUR - 1,
      met: true,
    });
    expect(judgeObjectives({ ...taken, snapshotSeconds: 0 }).rto).toMatchObject({
      achievedSeconds: 2 * HOUR,
      met: false,
    });
  });

  it('is not achieved, and neither met nor missed, without a verified restore', () => {
    const result = judgeObjectives({
      runbook: runbook({ objectives: { rto: '1h', rpo: '24h' } }),
      startedAt: NOW,
      snapshotSeconds: 0,
      recoveryPoint: at(-HOUR),
    });
    expect(result).toEqual({
      rtoSeconds: null,
      rpoSeconds: null,
      rto: { objectiveSeconds: HOUR, achievedSeconds: null, met: null },
      rpo: { objectiveSeconds: 24 * HOUR, achievedSeconds: null, met: null },
    });
  });

  it('without an objective is told, not judged', () => {
    const done = { startedAt: NOW, restoredAt: after(9), snapshotSeconds: 0, recoveryPoint: at(-5) };
    const { rto, rpo } = judgeObjectives({ runbook: runbook(), ...done });
    expect(rto).toEqual({ achievedSeconds: 9, met: null });
    expect(rpo).toEqual({ achievedSeconds: 5, met: null });
  });
});

describe('recovery point', () => {
  const achieved = (
    recoveryPoint: Readonly<Record<string, unknown>>,
    point: RecoveryPoint,
    delivery = 'automated',
  ) =>
    judgeObjectives({
      runbook: runbook({ recoveryPoint, delivery, objectives: { rpo: '24h' } }),
      startedAt: NOW,
      restoredAt: after(HOUR),
      snapshotSeconds: 0,
      recoveryPoint: point,
    }).rpo;

  it.each([
    ['latest: up to the start of the job', { latest: {} }, at(-3 * HOUR), 3 * HOUR, true],
    [
      'latest before an instant: up to that instant',
      { latest: { before: after(-48 * HOUR) } },
      at(-73 * HOUR),
      25 * HOUR,
      false,
    ],
    [
      'by id: up to the start of the job',
      { snapshot: '650000000000000000000001' },
      at(-24 * HOUR),
      24 * HOUR,
      true,
    ],
    [
      'random: up to the next later point',
      { random: { within: '7d' } },
      at(-72 * HOUR, { nextTime: after(-66 * HOUR) }),
      6 * HOUR,
      true,
    ],
    [
      'random, the newest: up to the start of the job',
      { random: { within: '7d' } },
      at(-2 * HOUR),
      2 * HOUR,
      true,
    ],
    ['fresh, of after the start: none', { fresh: {} }, at(600), 0, true],
  ])('%s', (_, selector, point, achievedSeconds, met) => {
    expect(achieved(selector, point)).toEqual({ objectiveSeconds: 24 * HOUR, achievedSeconds, met });
  });

  it('of a point in time runs up to the start of the job', () => {
    const selector = { pointInTime: { utcSeconds: Date.parse(NOW) / 1000 - 60 } };
    expect(achieved(selector, at(-60), 'pointInTime').achievedSeconds).toBe(60);
  });

  it('is unknown when the recovery point has no time', () => {
    expect(achieved({ latest: {} }, { chosenBy: 'latest' })).toMatchObject({
      achievedSeconds: null,
      met: null,
    });
  });
});

it('is never negative, and met says exactly whether achieved is within the objective', () => {
  const seconds = fc.integer({ min: -100_000, max: 100_000 });
  const selectors = fc.constantFrom(
    { latest: {} },
    { random: { within: '7d' } },
    { fresh: {} },
    { latest: { before: NOW } },
  );
  fc.assert(
    fc.property(
      seconds,
      seconds,
      seconds,
      fc.nat(200_000),
      selectors,
      (end, time, next, snapshotSeconds, recoveryPoint) => {
        const { rto, rpo } = judgeObjectives({
          runbook: runbook({ recoveryPoint, objectives: { rto: '1h', rpo: '1h' } }),
          startedAt: NOW,
          restoredAt: after(end),
          snapshotSeconds,
          recoveryPoint: at(time, { nextTime: after(next) }),
        });
        for (const { achievedSeconds, met } of [rto, rpo]) {
          expect(achievedSeconds).toBeGreaterThanOrEqual(0);
          expect(met).toBe((achievedSeconds ?? 0) <= HOUR);
        }
      },
    ),
  );
});
