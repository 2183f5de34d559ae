import { z } from 'zod';

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

/** Checks a world file and fills in what it leaves out. */
export const worldFile = z.strictObject({
  projects: z
    .array(project)
    .min(1)
    .refine((projects) => areUnique(projects.map((each) => each.id)), 'two projects have the same id'),
  credentials: z.array(credential).default([]),
});

function areUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

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

/** A world file after the check, with everything filled in. */
export type CheckedWorldFile = z.infer<typeof worldFile>;
