import { z } from 'zod';
import { hashHex, objectId } from './identifiers.ts';
import { checkedFile } from './simulator-file.ts';
import type { AlertState, ClusterState, CredentialState, SnapshotState, World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GIBIBYTE = 2 ** 30;

const id = z.string().regex(/^[a-f0-9]{24}$/, 'must be 24 hexadecimal digits');
const name = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]*$/, 'must be letters, digits and hyphens');
const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a full version such as 8.0.15');
const outcome = z.strictObject({
  fails: z.boolean().default(false),
  seconds: z.number().positive().optional(),
});
const role = z.enum([
  'GROUP_OWNER',
  'GROUP_READ_ONLY',
  'GROUP_BACKUP_MANAGER',
  'GROUP_BACKUP_RECOVERY_OPERATOR',
]);
const key = z.enum(['NONE', 'AWS', 'AZURE', 'GCP']);

const snapshot = z.strictObject({
  id: id.optional(),
  ageHours: z.number().min(0),
  type: z.enum(['onDemand', 'scheduled', 'fallback']).default('scheduled'),
  frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'ondemand']).default('daily'),
  fails: z.boolean().default(false),
  seconds: z.number().positive().default(180),
  keptDays: z.number().positive().default(30),
  version: version.optional(),
  sizeGB: z.number().positive().optional(),
  encrypted: z.boolean().optional(),
  description: z.string().optional(),
});

const cluster = z
  .strictObject({
    name,
    id: id.optional(),
    kind: z.enum(['replicaSet', 'sharded', 'flex', 'serverless']).default('replicaSet'),
    shards: z.int().min(1).max(50).default(1),
    version: version.default('8.0.15'),
    diskGB: z.number().positive().default(40),
    usedGB: z.number().positive().default(18),
    instanceSize: z.string().min(1).default('M30'),
    provider: z.enum(['AWS', 'AZURE', 'GCP']).default('AWS'),
    region: z.string().min(1).default('EU_WEST_1'),
    encryption: key.default('NONE'),
    pointInTime: z.boolean().default(false),
    pointInTimeDays: z.number().positive().default(7),
    backups: z.boolean().default(true),
    paused: z.boolean().default(false),
    liveImport: z.boolean().default(false),
    legacyBackup: z.boolean().default(false),
    state: z.enum(['IDLE', 'CREATING', 'UPDATING', 'DELETING', 'REPAIRING']).default('IDLE'),
    ageDays: z.number().min(0).default(400),
    scheduledDays: z.number().min(0).optional(),
    snapshots: z.array(snapshot).default([]),
    restores: outcome.default({ fails: false }),
    onDemandSnapshots: outcome.default({ fails: false }),
  })
  .refine((value) => value.kind === 'sharded' || value.shards === 1, {
    path: ['shards'],
    error: 'only a sharded cluster has more than one shard',
  });

const project = z.strictObject({
  id,
  name: z.string().min(1),
  organization: id.default('5e2f1c0a9d3b7a4c8e6f0aff'),
  clusters: z
    .array(cluster)
    .refine((clusters) => areUnique(clusters.map((each) => each.name)), 'two clusters have the same name')
    .default([]),
  alerts: z
    .array(
      z.strictObject({
        cluster: name.optional(),
        eventType: z.string().min(1).default('NO_PRIMARY'),
        status: z.enum(['OPEN', 'TRACKING', 'CLOSED']).default('OPEN'),
        ageHours: z.number().min(0).default(1),
      }),
    )
    .default([]),
});

const credential = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  publicKey: z.string().min(1),
  privateKey: z.string().min(1),
  roles: z.record(z.union([id, z.literal('*')]), z.array(role)).default({ '*': ['GROUP_OWNER'] }),
});

const worldFile = z.strictObject({
  projects: z
    .array(project)
    .min(1)
    .refine((projects) => areUnique(projects.map((each) => each.id)), 'two projects have the same id'),
  credentials: z.array(credential).default([]),
});

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

type ClusterFile = z.infer<typeof cluster>;

/**
 * What a world file may hold; the default world is one.
 *
 * - `projects`: each with `id` (24 hexadecimal digits), `name`, `organization` (an id; the same for all by
 *   default), `clusters` and `alerts`.
 * - a cluster: `name`, and if it differs from the default `kind` (replicaSet, sharded, flex, serverless), `shards`,
 *   `version`, `diskGB`, `usedGB` (size of its snapshots), `instanceSize`, `provider`, `region`, `encryption`
 *   (NONE or the provider of the customer's key), `pointInTime`, `pointInTimeDays` (restore window), `backups`,
 *   `paused`, `liveImport`, `legacyBackup`, `state`, `ageDays`, `scheduledDays` (since how many days snapshots are
 *   scheduled; none without it), `snapshots`, and the outcomes `restores` (of restores into it and downloads from
 *   it) and `onDemandSnapshots`: `{ fails, seconds }`, seconds drawn from the seed when absent.
 * - a snapshot: `ageHours` since it was started, and if it differs `id`, `type` (onDemand, scheduled, fallback),
 *   `frequency`, `fails`, `seconds` it took, `keptDays`, `version`, `sizeGB`, `encrypted`, `description`.
 * - an alert: `eventType`, `status`, `ageHours`, `cluster`.
 * - `credentials`: `clientId`, `clientSecret`, `publicKey`, `privateKey`, and `roles`, a list of
 *   GROUP_OWNER, GROUP_READ_ONLY, GROUP_BACKUP_MANAGER and GROUP_BACKUP_RECOVERY_OPERATOR for each project id or
 *   `*`. The first one is what the simulator tells; without any, an owner of every project is made from the seed.
 */
export type WorldFile = z.input<typeof worldFile>;

/**
 * The world that a file describes, as it is at `now`.
 *
 * @throws SimulatorFileError with every mistake in it.
 */
export function worldFromFile(content: unknown, seed: number, now: number): World {
  const file = checkedFile('world', worldFile, content);
  const clusters = file.projects.flatMap((owner) =>
    owner.clusters.map(({ snapshots, ...described }) => ({
      snapshots,
      state: clusterState(owner.id, described, now),
    })),
  );
  return {
    format: 1,
    seed,
    createdAt: now,
    savedAt: now,
    serial: 0,
    projects: file.projects.map((owner) => ({
      id: owner.id,
      name: owner.name,
      organization: owner.organization,
    })),
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
  };
}

function clusterState(owner: string, described: Omit<ClusterFile, 'snapshots'>, now: number): ClusterState {
  const { ageDays, usedGB, scheduledDays, ...rest } = described;
  return {
    ...rest,
    id: described.id ?? objectId(Date.parse('2025-01-01T00:00:00Z'), `cluster/${owner}/${described.name}`),
    project: owner,
    usedBytes: usedGB * GIBIBYTE,
    createdAt: now - ageDays * DAY,
    scheduledSince: scheduledDays === undefined ? undefined : now - scheduledDays * DAY,
  };
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
      sizeBytes: snapshot.sizeGB === undefined ? state.usedBytes : snapshot.sizeGB * GIBIBYTE,
      encrypted: snapshot.encrypted ?? state.encryption !== 'NONE',
      description: snapshot.description,
    };
  });
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
    roles: { '*': ['GROUP_OWNER'] },
  };
}
