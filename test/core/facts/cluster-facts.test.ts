import { describe, expect, it } from 'vitest';
import { clusterOperations } from '../../../core/atlas/resources/clusters.ts';
import { flexOperations } from '../../../core/atlas/resources/flex.ts';
import { clusterFacts } from '../../../core/facts/cluster-facts.ts';

const REF = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' };
const DEDICATED = {
  name: 'orders',
  clusterType: 'SHARDED',
  stateName: 'IDLE',
  backupEnabled: true,
  pitEnabled: true,
  paused: false,
  encryptionAtRestProvider: 'NONE',
  mongoDBVersion: '8.0.29',
  configServerType: 'EMBEDDED',
  replicationSpecs: [10, 20].map((diskSizeGB) => ({
    regionConfigs: [{ electableSpecs: { instanceSize: 'M30', diskSizeGB } }],
  })),
};
const FLEX = {
  name: 'orders',
  stateName: 'IDLE',
  mongoDBVersion: '8.0.29',
  backupSettings: { enabled: true },
  providerSettings: { diskSizeGB: 5 },
};

const ofDedicated = (changes: object) =>
  clusterFacts(REF, {
    api: 'cluster',
    cluster: clusterOperations.getCluster.reply.parse({ ...DEDICATED, ...changes }),
  });
const ofFlex = (changes: object) =>
  clusterFacts(REF, {
    api: 'flex',
    cluster: flexOperations.getFlexCluster.reply.parse({ ...FLEX, ...changes }),
  });

/** What stands in the place of a field that Atlas leaves out, or that cannot be read. */
const UNREADABLE = [undefined, null, 7, ['x']];

describe('the facts of a dedicated cluster', () => {
  it('are what Atlas says', () => {
    expect(ofDedicated({})).toMatchObject({
      kind: 'sharded',
      shards: 2,
      diskGB: 10,
      encryption: 'NONE',
      state: 'IDLE',
      paused: false,
      pointInTime: true,
      backups: true,
    });
  });

  it.each([
    ['clusterType', 'kind'],
    ['stateName', 'state'],
    ['backupEnabled', 'backups'],
    ['pitEnabled', 'pointInTime'],
    ['paused', 'paused'],
    ['encryptionAtRestProvider', 'encryption'],
    ['mongoDBVersion', 'version'],
    ['configServerType', 'configServerType'],
    ['replicationSpecs', 'shards'],
    ['replicationSpecs', 'diskGB'],
  ] as const)('do not know without %s what %s is', (field, fact) => {
    for (const value of UNREADABLE) expect(ofDedicated({ [field]: value })[fact]).toBeUndefined();
  });

  it('do not take an empty text for a word, or a new type of cluster for a replica set', () => {
    const facts = ofDedicated({ encryptionAtRestProvider: '', stateName: '', clusterType: 'LATTICE' });
    expect([facts.encryption, facts.state, facts.kind]).toEqual([undefined, undefined, undefined]);
  });

  it('do not know the smallest disk where one is not told', () => {
    const untold = { regionConfigs: [{ electableSpecs: { instanceSize: 'M30' } }] };
    expect(ofDedicated({ replicationSpecs: [...DEDICATED.replicationSpecs, untold] }).diskGB).toBeUndefined();
  });

  it('do not count the shards of a sharded cluster that lists none', () => {
    expect(ofDedicated({ replicationSpecs: [] }).shards).toBeUndefined();
  });
});

describe('the facts of a flex cluster', () => {
  it('are what every flex cluster is, and what Atlas says', () => {
    expect(ofFlex({})).toMatchObject({
      kind: 'flex',
      shards: 1,
      encryption: 'NONE',
      paused: false,
      pointInTime: false,
      backups: true,
      state: 'IDLE',
    });
  });

  it('do not know without backupSettings whether there are backups', () => {
    for (const value of [...UNREADABLE, {}, { enabled: 'yes' }])
      expect(ofFlex({ backupSettings: value }).backups).toBeUndefined();
  });
});
