import { hashHex, objectId } from './identifiers.ts';
import { organizationStates, projectState } from './owners.ts';
import { checkedFile } from './simulator-file.ts';
import { type CheckedWorldFile, worldFile } from './world-schema.ts';
import type {
  AlertState,
  ClusterState,
  ConfigServer,
  CredentialState,
  SnapshotState,
  World,
} from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GIBIBYTE = 2 ** 30;

type ClusterFile = CheckedWorldFile['projects'][number]['clusters'][number];

/**
 * The world that a file describes, as it is at `now`.
 *
 * @throws SimulatorFileError with every mistake in it.
 */
export function worldFromFile(content: unknown, seed: number, now: number): World {
  const file = checkedFile('world', worldFile, content);
  const clusters = file.projects.flatMap((owner) =>
    owner.clusters.map((described) => ({
      snapshots: described.snapshots,
      state: clusterState(owner.id, described, now),
    })),
  );
  return {
    format: 2,
    seed,
    createdAt: now,
    savedAt: now,
    serial: 0,
    projects: file.projects.map((owner) => projectState(owner, now)),
    organizations: organizationStates(file, now),
    federations: file.federations,
    clusters: clusters.map(({ state }) => state),
    snapshots: clusters.flatMap(({ snapshots, state }) => snapshotStates(state, snapshots, seed, now)),
    restoreJobs: [],
    alerts: file.projects.flatMap((owner) =>
      owner.alerts.map(({ ageHours, ...alert }, index): AlertState => ({
        ...alert,
        id: objectId(now - ageHours * HOUR, `alert/${owner.id}/${index}`),
        project: owner.id,
        createdAt: now - ageHours * HOUR,
      })),
    ),
    credentials: file.credentials.length > 0 ? file.credentials : [seededCredential(seed)],
    changes: [],
    inbox: [],
  };
}

function clusterState(owner: string, described: ClusterFile, now: number): ClusterState {
  const { ageDays, usedGB, scheduledDays, searchNodes, pausedHours, snapshots, ...rest } = described;
  const createdAt = now - ageDays * DAY;
  // Where nobody says since when it is paused, its newest snapshot is the last that was taken.
  const lastBackup = scheduledDays === undefined ? snapshots.map(({ ageHours }) => ageHours) : [];
  const pausedFor = pausedHours ?? (lastBackup.length === 0 ? 0 : Math.min(...lastBackup));
  return {
    ...rest,
    id: described.id ?? objectId(Date.parse('2025-01-01T00:00:00Z'), `cluster/${owner}/${described.name}`),
    project: owner,
    configServer: configServerOf(described),
    pausedSince: rest.paused ? now - pausedFor * HOUR : undefined,
    usedBytes: bytes(usedGB),
    createdAt,
    searchIndexes: [],
    searchNodes: searchNodes && { ...searchNodes, id: objectId(createdAt, `search/${owner}/${rest.name}`) },
    scheduledSince: scheduledDays === undefined ? undefined : now - scheduledDays * DAY,
  };
}

/** From MongoDB 8.0 on Atlas embeds the config server of a cluster of up to three shards (`configServerManagementMode`). */
function configServerOf({ kind, configServer, version, shards }: ClusterFile): ConfigServer | undefined {
  if (kind !== 'sharded') return undefined;
  return configServer ?? (Number.parseInt(version, 10) >= 8 && shards <= 3 ? 'EMBEDDED' : 'DEDICATED');
}

function snapshotStates(
  state: ClusterState,
  written: ClusterFile['snapshots'],
  seed: number,
  now: number,
): SnapshotState[] {
  return written.map((snapshot, index) => {
    const requestedAt = now - snapshot.ageHours * HOUR;
    return {
      id: snapshot.id ?? objectId(requestedAt, `${seed}/snapshot/${state.id}/${index}`),
      project: state.project,
      cluster: state.name,
      type: snapshot.type,
      frequency: snapshot.frequency,
      requestedAt,
      startsAt: requestedAt,
      endsAt: requestedAt + snapshot.seconds * 1000,
      fails: snapshot.fails,
      expiresAt: requestedAt + snapshot.keptDays * DAY,
      version: snapshot.version ?? state.version,
      shards: snapshot.shards,
      configServer: snapshot.configServer,
      sizeBytes: snapshot.sizeGB === undefined ? state.usedBytes : bytes(snapshot.sizeGB),
      encrypted: snapshot.encrypted ?? state.encryption !== 'NONE',
      description: snapshot.description,
    };
  });
}

function bytes(gibibytes: number): number {
  return Math.floor(gibibytes * GIBIBYTE);
}

function seededCredential(seed: number): CredentialState {
  const digits = hashHex(`credential/${seed}`, 64);
  const uuid = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ];
  return {
    clientId: `mdb_sa_id_${digits.slice(32, 56)}`,
    clientSecret: `mdb_sa_sk_${hashHex(`secret/${seed}`, 40)}`,
    publicKey: `sim${digits.slice(56, 61)}`,
    privateKey: uuid.join('-'),
    roles: { '*': ['ORG_OWNER'] },
  };
}
