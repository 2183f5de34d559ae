import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoTime } from '../../../core/clock.ts';
import { type Choice, chooseSnapshot } from '../../../core/runbooks/recovery-point.ts';
import type { RecoveryPoint, SnapshotFacts } from '../../../core/runbooks/snapshot.ts';
import { NOW, snapshot } from './fixtures.ts';

const HOUR = 3600;
const options = { now: NOW, seed: 7, allowFallback: false };

/** An id that sorts by its number. */
const id = (number: number) => number.toString(16).padStart(24, '0');

function hoursAgo(hours: number): string {
  return isoTime(Date.parse(NOW) - hours * HOUR * 1000);
}

function aged(number: number, hours: number, parts: Partial<SnapshotFacts> = {}): SnapshotFacts {
  return snapshot({ id: id(number), createdAt: hoursAgo(hours), ...parts });
}

const pending = (number: number) =>
  snapshot({ id: id(number), status: 'pending', atlasStatus: 'inProgress', createdAt: undefined });

function point(choice: Choice): RecoveryPoint {
  if (!('point' in choice)) throw new Error(JSON.stringify(choice));
  return choice.point;
}

describe('latest', () => {
  it('is the newest that completed, with the next later one unset', () => {
    const chosen = point(chooseSnapshot({ latest: {} }, [aged(1, 48), aged(2, 3), aged(3, 24)], options));
    expect(chosen).toMatchObject({
      chosenBy: 'latest',
      time: hoursAgo(3),
      candidates: 3,
      snapshot: { id: id(2) },
    });
    expect(chosen.nextTime).toBeUndefined();
    expect(chosen.seed).toBeUndefined();
  });

  it('before an instant is the newest that completed before it, whatever its offset', () => {
    const snapshots = [aged(1, 48), aged(2, 24), aged(3, 3)];
    // A day ago in Kathmandu: the snapshot of that very instant did not complete before it.
    const before = '2026-08-09T08:45:00+05:45';
    expect(Date.parse(before)).toBe(Date.parse(hoursAgo(24)));
    const chosen = point(chooseSnapshot({ latest: { before } }, snapshots, options));
    expect(chosen).toMatchObject({ snapshot: { id: id(1) }, nextTime: hoursAgo(24), candidates: 1 });
  });

  it('leaves out a newer fallback unless it is accepted', () => {
    const snapshots = [aged(1, 24), aged(2, 3, { type: 'fallback' })];
    expect(point(chooseSnapshot({ latest: {} }, snapshots, options)).snapshot?.id).toBe(id(1));
    const accepting = { ...options, allowFallback: true };
    expect(point(chooseSnapshot({ latest: {} }, snapshots, accepting)).snapshot?.id).toBe(id(2));
  });

  it('leaves out what expires before the restore could finish', () => {
    const snapshots = [
      aged(1, 24),
      aged(2, 3, { expiresAt: hoursAgo(-2) }),
      aged(3, 2, { expiresAt: hoursAgo(0) }),
    ];
    expect(point(chooseSnapshot({ latest: {} }, snapshots, options)).snapshot?.id).toBe(id(2));
    const slow = { ...options, restoreSeconds: 12 * HOUR };
    expect(point(chooseSnapshot({ latest: {} }, snapshots, slow)).snapshot?.id).toBe(id(1));
  });

  it('waits for the first snapshot of a cluster, but not when the past is asked for', () => {
    const snapshots = [pending(2), aged(1, 3, { status: 'failed' })];
    const choice = chooseSnapshot({ latest: {} }, snapshots, options);
    expect(choice).toMatchObject({
      wait: { id: id(2) },
      message: expect.stringContaining('1 still being taken') as string,
    });
    expect(chooseSnapshot({ latest: { before: hoursAgo(1) } }, snapshots, options)).toHaveProperty('none');
  });

  it('says how many were seen and why each group was left out', () => {
    const snapshots = [
      aged(1, 1),
      aged(2, 1),
      aged(3, 50, { type: 'fallback' }),
      aged(4, 50, { status: 'failed' }),
      aged(5, 50, { expiresAt: hoursAgo(1) }),
      aged(6, 50, { status: 'unknown', atlasStatus: 'frozen' }),
      aged(7, 50, { createdAt: undefined }),
    ];
    const choice = chooseSnapshot({ latest: { before: hoursAgo(24) } }, snapshots, options);
    expect(choice).toEqual({
      none:
        'None of the 7 snapshots of the source can be used: 1 failed; 1 in a status that Lifeboat does not know; ' +
        '1 without a creation time; 1 fallback, which may be inconsistent; 1 expired, or will be before a restore could finish; ' +
        `2 not before ${hoursAgo(24)}.`,
    });
    expect(chooseSnapshot({ latest: {} }, [], options)).toEqual({
      none: 'Atlas lists no snapshot of the source.',
    });
  });
});

describe('random', () => {
  const selector = { random: { within: 7 * 24 * HOUR } };

  it('draws from the window alone and records seed, candidates and the next later point', () => {
    const snapshots = [
      aged(1, 7 * 24 + 1),
      aged(2, 7 * 24),
      aged(3, 1, { type: 'fallback' }),
      aged(4, 0.5, { status: 'failed' }),
    ];
    const chosen = point(
      chooseSnapshot(selector, [...snapshots, aged(5, 3, { expiresAt: hoursAgo(1) })], options),
    );
    expect(chosen).toMatchObject({ chosenBy: 'random', seed: 7, candidates: 1, snapshot: { id: id(2) } });
    // Expired since, but it was there when the loss would have come.
    expect(chosen.nextTime).toBe(hoursAgo(3));
  });

  it('takes in a snapshot of this very moment, and believes completion when two pages differ', () => {
    const snapshots = [aged(1, 0), pending(1)];
    for (const order of [snapshots, snapshots.toReversed()]) {
      expect(point(chooseSnapshot(selector, order, options))).toMatchObject({
        snapshot: { id: id(1) },
        time: NOW,
      });
    }
  });

  it("takes the runbook's seed before the job's", () => {
    const snapshots = Array.from({ length: 50 }, (_, index) => aged(index, index + 1));
    const seeded = { random: { ...selector.random, seed: 1234 } };
    const one = point(chooseSnapshot(seeded, snapshots, options));
    const other = point(chooseSnapshot(seeded, snapshots, { ...options, seed: 8 }));
    expect(one).toEqual(other);
    expect(one.seed).toBe(1234);
  });

  it('is about uniform over the seeds', () => {
    const snapshots = Array.from({ length: 10 }, (_, index) => aged(index, index + 1));
    const counts = new Map<string, number>();
    const draws = 5000;
    for (let seed = 0; seed < draws; seed++) {
      const chosen = point(chooseSnapshot(selector, snapshots, { ...options, seed })).snapshot?.id ?? '';
      counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
    }
    const expected = draws / snapshots.length;
    const chiSquare = snapshots.reduce(
      (sum, { id: each }) => sum + ((counts.get(each) ?? 0) - expected) ** 2 / expected,
      0,
    );
    // 27.9 is exceeded by one uniform generator in a thousand (9 degrees of freedom).
    expect(chiSquare).toBeLessThan(27.9);
  });
});

describe('by id', () => {
  it.each([
    ['completed', { point: expect.objectContaining({ chosenBy: 'snapshot', time: hoursAgo(3) }) as unknown }],
    [
      'pending',
      {
        wait: expect.objectContaining({ id: id(1) }) as unknown,
        message: expect.stringContaining('still being taken') as string,
      },
    ],
    [
      'unknown',
      { wait: expect.anything() as unknown, message: expect.stringContaining('does not know') as string },
    ],
    ['failed', { none: expect.stringContaining('failed') as string }],
  ] as const)('%s', (status, choice) => {
    const snapshots = [aged(2, 1), aged(1, 3, { status, atlasStatus: status, type: 'fallback' })];
    expect(chooseSnapshot({ snapshot: id(1) }, snapshots, options)).toEqual(choice);
  });

  it('says that an id is not there', () => {
    const none =
      'Snapshot 000000000000000000000009 is not among the 1 snapshots that Atlas lists for the source.';
    expect(chooseSnapshot({ snapshot: id(9) }, [aged(1, 1)], options)).toEqual({ none });
  });

  it('fresh is the snapshot that was taken', () => {
    const snapshots = [aged(1, 3), pending(2)];
    const fresh = { fresh: { retentionDays: 1 } };
    const choice = chooseSnapshot(fresh, snapshots, { ...options, freshSnapshotId: id(2) });
    expect(choice).toMatchObject({ wait: { id: id(2) } });
    const done = chooseSnapshot(fresh, [aged(1, 3), aged(2, 0)], { ...options, freshSnapshotId: id(2) });
    expect(point(done)).toMatchObject({ chosenBy: 'fresh', snapshot: { id: id(2) }, time: NOW });
    expect(chooseSnapshot(fresh, snapshots, options)).toHaveProperty('none');
  });
});

it('a point in time is itself, in seconds', () => {
  const exact = { oplogSeconds: 1_786_330_800, oplogIncrement: 3 };
  const choice = chooseSnapshot({ pointInTime: exact }, [], options);
  expect(choice).toEqual({ point: { chosenBy: 'pointInTime', time: NOW, pointInTime: exact } });
});

describe('whatever the snapshots', () => {
  const anySnapshot: fc.Arbitrary<SnapshotFacts> = fc
    .record({
      id: fc.integer({ min: 1, max: 30 }).map(id),
      status: fc.constantFrom('completed', 'completed', 'pending', 'failed', 'unknown'),
      type: fc.constantFrom('scheduled', 'onDemand', 'fallback', undefined),
      createdAt: fc.option(fc.integer({ min: -5, max: 400 }).map(hoursAgo), { nil: undefined }),
      expiresAt: fc.option(fc.integer({ min: -100, max: 10 }).map(hoursAgo), { nil: undefined }),
    })
    .map((parts) => snapshot({ ...parts, atlasStatus: parts.status }));
  const anySelector = fc.oneof(
    fc.record({ latest: fc.constant({}) }),
    fc.record({ latest: fc.record({ before: fc.integer({ min: -5, max: 400 }).map(hoursAgo) }) }),
    fc.record({ random: fc.record({ within: fc.integer({ min: 1, max: 300 * HOUR }) }) }),
  );
  const anyOptions = fc.record({
    now: fc.constant(NOW),
    seed: fc.nat(),
    allowFallback: fc.boolean(),
    restoreSeconds: fc.constantFrom(0, 12 * HOUR),
  });
  const ofEach = fc.uniqueArray(anySnapshot, { selector: (each) => each.id, maxLength: 20 });

  it('what is chosen is eligible, and something is chosen whenever something is', () => {
    fc.assert(
      fc.property(ofEach, anySelector, anyOptions, (snapshots, selector, chosenOptions) => {
        const eligible = snapshots.filter(({ status, type, createdAt, expiresAt }) => {
          if (status !== 'completed' || createdAt === undefined) return false;
          if (type === 'fallback' && !chosenOptions.allowFallback) return false;
          const end = Date.parse(NOW) + chosenOptions.restoreSeconds * 1000;
          if (expiresAt !== undefined && Date.parse(expiresAt) <= end) return false;
          const age = (Date.parse(NOW) - Date.parse(createdAt)) / 1000;
          if ('random' in selector) return age >= 0 && age <= selector.random.within;
          return !('before' in selector.latest) || Date.parse(createdAt) < Date.parse(selector.latest.before);
        });
        const choice = chooseSnapshot(selector, snapshots, chosenOptions);
        expect('point' in choice).toBe(eligible.length > 0);
        if (!('point' in choice)) return;
        expect(eligible).toContain(choice.point.snapshot);
        expect(choice.point.candidates).toBe(eligible.length);
        if ('latest' in selector) {
          const newest = Math.max(...eligible.map(({ createdAt }) => Date.parse(createdAt ?? '')));
          expect(Date.parse(choice.point.time ?? '')).toBe(newest);
        }
        if (choice.point.nextTime !== undefined)
          expect(choice.point.nextTime > (choice.point.time ?? '')).toBe(true);
      }),
    );
  });

  it('neither the order nor a snapshot listed twice changes the choice', () => {
    const shuffled = ofEach.chain((snapshots) =>
      fc.tuple(
        fc.constant(snapshots),
        fc.shuffledSubarray(snapshots, { minLength: snapshots.length }),
        fc.subarray(snapshots),
      ),
    );
    fc.assert(
      fc.property(shuffled, anySelector, anyOptions, ([snapshots, other, again], selector, chosenOptions) => {
        const choice = chooseSnapshot(selector, snapshots, chosenOptions);
        expect(chooseSnapshot(selector, [...other, ...again], chosenOptions)).toEqual(choice);
      }),
    );
  });
});
