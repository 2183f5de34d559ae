import { describe, expect, it } from 'vitest';
import type { ClusterFacts } from '../../../../core/runbooks/cluster.ts';
import type { GuardFacts } from '../../../../core/runbooks/guards/facts.ts';
import type { SnapshotFacts } from '../../../../core/runbooks/snapshot.ts';
import { cluster, DRILLS, pointInTimeFacts, snapshot } from '../fixtures.ts';
import { allGuards, AT_POINT, chosen, guardOf, guardsBeforeFresh, POINT } from './guard-of.ts';

const source = (parts: Partial<ClusterFacts>) => ({ source: { seen: cluster(parts) } });
const target = (parts: Partial<ClusterFacts>) => ({
  target: { seen: cluster({ project: DRILLS, cluster: 'orders-drill', ...parts }) },
});

describe('what is compared is the snapshot, not the source as it is now', () => {
  const sharded = { kind: 'sharded' as const, shards: 3, configServerType: 'DEDICATED' };

  it.each<[string, string, Partial<SnapshotFacts>, Partial<ClusterFacts>, Partial<ClusterFacts>, string]>([
    ['same-shard-count', 'a shard was added since', sharded, { ...sharded, shards: 4 }, sharded, 'pass'],
    [
      'same-shard-count',
      'the target has the new number',
      sharded,
      { ...sharded, shards: 4 },
      { ...sharded, shards: 4 },
      'fail',
    ],
    [
      'same-shard-count',
      'Atlas does not say',
      { ...sharded, shards: undefined },
      sharded,
      sharded,
      'unknown',
    ],
    ['same-kind', 'it was a replica set then', { kind: 'replicaSet' }, sharded, sharded, 'fail'],
    ['same-kind', 'both are sharded', sharded, sharded, sharded, 'pass'],
    ['same-kind', 'onto a replica set', sharded, sharded, {}, 'fail'],
    ['same-config-server', 'both are dedicated', sharded, sharded, sharded, 'pass'],
    [
      'same-config-server',
      'it was dedicated then',
      sharded,
      { ...sharded, configServerType: 'EMBEDDED' },
      { ...sharded, configServerType: 'EMBEDDED' },
      'fail',
    ],
    [
      'same-config-server',
      'it was embedded then',
      { ...sharded, configServerType: 'EMBEDDED' },
      sharded,
      sharded,
      'fail',
    ],
    [
      'same-config-server',
      'the snapshot does not say',
      { ...sharded, configServerType: undefined },
      sharded,
      sharded,
      'unknown',
    ],
    [
      'same-config-server',
      'the target does not say',
      sharded,
      sharded,
      { ...sharded, configServerType: undefined },
      'unknown',
    ],
    // MongoDB 7.0 has no embedded ones.
    [
      'same-config-server',
      '7.0 onto 8.0 with an embedded one',
      { ...sharded, version: '7.0.25', configServerType: undefined },
      sharded,
      { ...sharded, configServerType: 'EMBEDDED' },
      'fail',
    ],
    [
      'same-config-server',
      '7.0 onto 8.0 with a dedicated one',
      { ...sharded, version: '7.0.25', configServerType: undefined },
      sharded,
      sharded,
      'pass',
    ],
    [
      'version-not-older',
      'the source was upgraded since',
      { version: '8.0.1' },
      { version: '9.0.0' },
      { version: '8.0.0' },
      'pass',
    ],
    [
      'version-not-older',
      'the snapshot is of a newer one',
      { version: '8.1.0' },
      { version: '8.0.0' },
      { version: '8.0.9' },
      'fail',
    ],
    [
      'version-not-older',
      'the snapshot does not say',
      { version: undefined },
      { version: '8.0.0' },
      { version: '8.0.9' },
      'unknown',
    ],
    [
      'encryption-compatible',
      'the source is encrypted since',
      { encrypted: false },
      { encryption: 'AWS' },
      { encryption: 'AWS' },
      'fail',
    ],
    [
      'encryption-compatible',
      'the source is encrypted since, the target is not',
      { encrypted: false },
      { encryption: 'AWS' },
      {},
      'pass',
    ],
    // Of keys that are not at AWS Atlas says nothing in a snapshot.
    [
      'encryption-compatible',
      'its key may be at Azure',
      { encrypted: false },
      { encryption: 'AZURE' },
      { encryption: 'AZURE' },
      'unknown',
    ],
    [
      'encryption-compatible',
      'its key may be at Azure, the target has none',
      { encrypted: false },
      { encryption: 'AZURE' },
      {},
      'unknown',
    ],
    [
      'encryption-compatible',
      'the key is at AWS',
      { encrypted: true },
      { encryption: 'AWS' },
      { encryption: 'AWS' },
      'pass',
    ],
    [
      'encryption-compatible',
      'the target has no key',
      { encrypted: true },
      { encryption: 'AWS' },
      {},
      'fail',
    ],
    [
      'disk-large-enough',
      'the source has grown since',
      { sizeBytes: 9 * 1024 ** 3 },
      { diskGB: 400 },
      { diskGB: 10 },
      'pass',
    ],
  ])('%s: %s', (name, _, data, from, onto, outcome) => {
    expect(guardOf(name, { ...chosen(data), ...source(from), ...target(onto) })).toMatchObject({ outcome });
  });

  it('asks nothing of config servers where nothing is sharded', () => {
    expect(allGuards({}).map(({ name }) => name)).not.toContain('same-config-server');
  });

  it('names the snapshot and says how to get such a target', () => {
    const facts = { ...chosen(sharded), ...target({ ...sharded, configServerType: 'EMBEDDED' }) };
    expect(guardOf('same-config-server', facts).message).toBe(
      `The config server of snapshot 650000000000000000000001 is DEDICATED, that of target ${DRILLS}/orders-drill EMBEDDED: restore onto a cluster with configServerManagementMode FIXED_TO_DEDICATED.`,
    );
  });
});

describe('flex', () => {
  const flex = { kind: 'flex' as const };
  const judge = (version: string | undefined, onto: string | undefined) => {
    const facts = { ...chosen({ ...flex, version }), ...source(flex), ...target({ ...flex, version: onto }) };
    return guardOf('same-major-version', facts).outcome;
  };

  it.each([
    ['7.0.25', '8.0.15', 'fail'],
    ['8.0.15', '7.0.25', 'fail'],
    ['8.0.15', '8.0.1', 'pass'],
    ['8.0.15', '8.2.0', 'pass'],
    [undefined, '8.0.15', 'unknown'],
    ['8.0.15', undefined, 'unknown'],
  ])('data of %s onto %s: %s', (version, onto, outcome) => {
    expect(judge(version, onto)).toBe(outcome);
  });

  it('is the only kind that asks for the same major version', () => {
    expect(allGuards({}).map(({ name }) => name)).not.toContain('same-major-version');
  });
});

describe('a point in time', () => {
  const between = (before: Partial<SnapshotFacts>, after?: Partial<SnapshotFacts>): Partial<GuardFacts> => ({
    ...AT_POINT,
    pointInTimeWindow: {
      seen: pointInTimeFacts({
        before: snapshot(before),
        after: after && snapshot({ id: '650000000000000000000002', ...after }),
      }),
    },
  });
  const old = { version: '7.0.25' };

  it.each<[string, Partial<GuardFacts>, string]>([
    ['both snapshots fit', between(old, old), 'pass'],
    ['the one before does not', between({ version: '8.1.0' }, old), 'fail'],
    ['only the one after does not', between(old, { version: '8.1.0' }), 'unknown'],
    ['the source follows it, and fits', { ...between(old), ...source({ version: '8.0.0' }) }, 'pass'],
    ['the source follows it, and is newer', { ...between(old), ...source({ version: '8.1.0' }) }, 'unknown'],
    ['the one before does not say', between({ version: undefined }, old), 'unknown'],
    [
      'no snapshot precedes it',
      { ...AT_POINT, pointInTimeWindow: { seen: pointInTimeFacts({ before: undefined }) } },
      'unknown',
    ],
    ['the snapshots could not be read', { ...AT_POINT, pointInTimeWindow: { unseen: '403' } }, 'unknown'],
  ])('is judged by the snapshots around it: %s', (_, facts, outcome) => {
    expect(guardOf('version-not-older', facts, POINT).outcome).toBe(outcome);
  });

  it.each<[string, Partial<GuardFacts>, string]>([
    ['shards', between({ kind: 'sharded', shards: 2 }, { kind: 'sharded', shards: 3 }), 'same-shard-count'],
    [
      'encryption',
      { ...between({ encrypted: false }, { encrypted: true }), ...source({ encryption: 'AWS' }) },
      'encryption-compatible',
    ],
    ['size', between({}, { sizeBytes: 20 * 1024 ** 3 }), 'disk-large-enough'],
  ])('is unknown where the %s changed around it', (_, facts, name) => {
    const onto = name === 'same-shard-count' ? target({ kind: 'sharded', shards: 2 }) : {};
    const result = guardOf(name, { ...facts, ...onto }, POINT);
    expect(result.outcome).toBe('unknown');
    expect(result.message).toContain('what follows it may not');
  });
});

describe('a fresh snapshot that is still to be taken', () => {
  it('is judged by the source before anything is done', () => {
    const outcomes = (facts: Partial<GuardFacts>) =>
      guardsBeforeFresh(facts)
        .filter(({ outcome }) => outcome !== 'pass')
        .map(({ name, outcome }) => `${name}: ${outcome}`);
    expect(guardsBeforeFresh({}).length).toBeGreaterThan(3);
    expect(outcomes({})).toEqual([]);
    expect(outcomes(source({ version: '8.1.0' }))).toEqual(['version-not-older: fail']);
    expect(outcomes(source({ encryption: 'AWS' }))).toEqual(['encryption-compatible: fail']);
    expect(outcomes(source({ kind: 'sharded', shards: 2, configServerType: 'DEDICATED' }))).toEqual([
      'same-shard-count: fail',
      'same-config-server: fail',
    ]);
    expect(outcomes({ source: { unseen: '403' } }).every((text) => text.endsWith('unknown'))).toBe(true);
  });
});
