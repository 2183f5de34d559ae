import { describe, expect, it } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import { dedicatedBackups } from '../../../core/backups/dedicated.ts';

const SOURCE = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'events' };

/** The snapshot facts that one item of Atlas's list of sharded snapshots gives. */
async function factsOf(reply: object) {
  const item = { id: '650000000000000000000001', status: 'completed', type: 'shardedCluster', ...reply };
  const atlas = {
    snapshots: {
      async *listBackupShardedClusters() {
        yield await Promise.resolve(item);
      },
    },
  } as unknown as AtlasClient;
  const [facts] = await dedicatedBackups('sharded', SOURCE, atlas).snapshots();
  return facts;
}

const members = (...names: (string | undefined)[]) => ({
  members: names.map((replicaSetName) => ({ replicaSetName })),
});
const SHARDS = ['atlas-72ck1q-shard-0', 'atlas-72ck1q-shard-1'] as const;
const CONFIG = 'atlas-72ck1q-config-0';

describe('how many shards a snapshot has', () => {
  it.each<[string, object, number | undefined]>([
    ['shards alone', members(...SHARDS), 2],
    ['a config server of its own', { configServerType: 'DEDICATED', ...members(...SHARDS, CONFIG) }, 2],
    [
      'an embedded one under its own name',
      { configServerType: 'EMBEDDED', ...members(CONFIG, ...SHARDS) },
      3,
    ],
    ['an embedded one among the shards', { configServerType: 'EMBEDDED', ...members(...SHARDS) }, 2],
    ['a config server of a type that Atlas does not say', members(...SHARDS, CONFIG), undefined],
    ['names that are new to us', members(...SHARDS, 'other'), undefined],
    ['a member without a name', members(...SHARDS, undefined), undefined],
    ['no members', members(), undefined],
    ['members that are missing', {}, undefined],
  ])('%s', async (_, reply, shards) => {
    expect((await factsOf(reply))?.shards).toBe(shards);
  });

  it('and which kind it was taken of', async () => {
    expect(await factsOf({ type: 'replicaSet' })).toMatchObject({ kind: 'replicaSet', shards: 1 });
    expect(await factsOf({ type: 'new word' })).toMatchObject({ kind: 'sharded' });
    expect(await factsOf({ configServerType: 'DEDICATED' })).toMatchObject({ configServerType: 'DEDICATED' });
  });
});
