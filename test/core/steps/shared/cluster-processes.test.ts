import { describe, expect, it } from 'vitest';
import { dataProcesses, type ProcessFacts } from '../../../../core/steps/shared/cluster-processes.ts';

const host = (alias: string, typeName: string, replicaSetName?: string): ProcessFacts => ({
  id: alias,
  userAlias: `${alias}.xyz12.mongodb.net`,
  typeName,
  ...(replicaSetName !== undefined && { replicaSetName }),
});

describe('dataProcesses', () => {
  it('finds the members of a replica set among those of a project, the primary first', () => {
    const processes = [
      host('orders-shard-00-00', 'REPLICA_SECONDARY', 'atlas-1-shard-0'),
      host('orders-shard-00-01', 'RECOVERING', 'atlas-1-shard-0'),
      host('orders-shard-00-02', 'REPLICA_PRIMARY', 'atlas-1-shard-0'),
      host('orders-drill-shard-00-00', 'REPLICA_PRIMARY', 'atlas-2-shard-0'),
      host('my-orders-shard-00-00', 'REPLICA_PRIMARY', 'atlas-3-shard-0'),
    ];
    expect(dataProcesses(processes, 'orders')).toEqual([
      ['orders-shard-00-02', 'orders-shard-00-00', 'orders-shard-00-01'],
    ]);
  });

  it('keeps shards apart and leaves out what holds no data', () => {
    const processes = [
      host('events-shard-00-00', 'SHARD_PRIMARY', 'atlas-4-shard-0'),
      host('events-shard-01-00', 'SHARD_SECONDARY', 'atlas-4-shard-1'),
      host('events-shard-01-01', 'SHARD_PRIMARY', 'atlas-4-shard-1'),
      host('events-shard-00-00', 'SHARD_MONGOS'),
      host('events-config-00-00', 'SHARD_CONFIG', 'atlas-4-config-0'),
    ];
    expect(dataProcesses(processes, 'events')).toEqual([
      ['events-shard-00-00'],
      ['events-shard-01-01', 'events-shard-01-00'],
    ]);
  });

  it('knows a host by small letters and the first 23 characters of the cluster', () => {
    const processes = [host('a-cluster-with-a-long-n-shard-00-00', 'REPLICA_PRIMARY')];
    expect(dataProcesses(processes, 'A-Cluster-With-A-Long-Name').flat()).toHaveLength(1);
  });

  it('finds nothing where hosts name no cluster', () => {
    expect(dataProcesses([{ id: 'mongodb.example.com:27017' }], 'orders')).toEqual([]);
  });
});
