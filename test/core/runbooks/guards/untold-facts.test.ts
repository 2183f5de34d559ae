import { describe, expect, it } from 'vitest';
import type { ClusterFacts } from '../../../../core/runbooks/cluster.ts';
import { checkRecoveryPoint, checkTarget } from '../../../../core/runbooks/guards.ts';
import type { GuardFacts } from '../../../../core/runbooks/guards/facts.ts';
import type { RestoreRunbook } from '../../../../core/runbooks/kinds/restore.ts';
import { cluster, DRILLS, goodFacts, runbook } from '../fixtures.ts';

const LATEST = runbook();
const FRESH = runbook({ recoveryPoint: { fresh: { retentionDays: 1 } } });
const POINT_IN_TIME = runbook({
  delivery: 'pointInTime',
  recoveryPoint: { pointInTime: { utcSeconds: 1_786_330_000 } },
});

/** Facts with which every guard passes, but for what Atlas does not tell of one of the clusters. */
function without(side: 'source' | 'target', fact: keyof ClusterFacts): GuardFacts {
  const name = side === 'target' ? { project: DRILLS, cluster: 'orders-drill' } : {};
  return goodFacts({ [side]: { seen: cluster({ ...name, [fact]: undefined }) } });
}

function outcomeOf(name: string, book: RestoreRunbook, facts: GuardFacts) {
  const all = [...checkTarget(book, { protectedClusters: [] }, facts), ...checkRecoveryPoint(book, facts)];
  return all.find((guard) => guard.name === name);
}

describe('a guard whose fact Atlas does not tell is unknown', () => {
  it.each([
    ['source', 'kind', 'same-kind', FRESH],
    ['source', 'kind', 'delivery-supported', LATEST],
    ['source', 'backups', 'source-has-backups', LATEST],
    ['source', 'paused', 'source-has-backups', FRESH],
    ['source', 'encryption', 'encryption-compatible', LATEST],
    ['source', 'encryption', 'encryption-compatible', FRESH],
    ['source', 'pointInTime', 'point-in-time-in-window', POINT_IN_TIME],
    ['source', 'shards', 'same-shard-count', FRESH],
    ['target', 'kind', 'same-kind', LATEST],
    ['target', 'shards', 'same-shard-count', LATEST],
    ['target', 'shards', 'disk-large-enough', LATEST],
    ['target', 'diskGB', 'disk-large-enough', LATEST],
    ['target', 'instanceSize', 'target-not-free', LATEST],
    ['target', 'version', 'version-not-older', LATEST],
    ['target', 'encryption', 'encryption-compatible', LATEST],
    ['target', 'encryption', 'encryption-compatible', FRESH],
    ['target', 'paused', 'target-not-paused', LATEST],
    ['target', 'state', 'target-idle', LATEST],
  ] as const)('%s without %s: %s', (side, fact, name, book) => {
    const asked = book === FRESH ? { recoveryPoint: undefined } : {};
    const guard = outcomeOf(name, book, { ...without(side, fact), ...asked } as GuardFacts);
    expect(guard).toMatchObject({ outcome: 'unknown' });
    expect(guard?.message).toMatch(/Atlas (does not tell|tells neither)|cannot be compared/);
  });

  it('but for a source of which a snapshot is restored, paused or not', () => {
    expect(outcomeOf('source-has-backups', LATEST, without('source', 'paused'))?.outcome).toBe('pass');
  });
});
