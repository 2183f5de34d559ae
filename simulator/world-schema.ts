import { z } from 'zod';
import { federation, organization } from './organization-schema.ts';
import { PRACTICE_IDS } from './practice-ids.ts';
import { projectSettings } from './project-schema.ts';
import { areUnique, id, name, seconds } from './schema-parts.ts';
import { ROLES } from './world.ts';

const version = z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a full version such as 8.0.15');
const outcome = z.strictObject({
  fails: z.boolean().default(false),
  seconds: seconds.optional(),
});
const restoreOutcome = outcome.extend({ loses: z.number().min(0).max(1).default(0) });
const key = z.enum(['NONE', 'AWS', 'AZURE', 'GCP']);

const configServer = z.enum(['DEDICATED', 'EMBEDDED']);

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
  shards: z.int().min(1).max(50).optional(),
  configServer: configServer.optional(),
  encrypted: z.boolean().optional(),
  description: z.string().optional(),
});

const database = z.strictObject({
  name: z.string().min(1),
  collections: z.int().min(0).default(1),
  views: z.int().min(0).default(0),
  indexes: z.int().min(0).default(1),
  objects: z.int().min(0).default(0),
  objectBytes: z.number().positive().default(512),
  growthPerDay: z.number().default(0.002),
});

const cluster = z
  .strictObject({
    name,
    id: id.optional(),
    kind: z.enum(['replicaSet', 'sharded', 'flex', 'serverless']).default('replicaSet'),
    shards: z.int().min(1).max(50).default(1),
    configServer: configServer.optional(),
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
    pausedHours: z.number().min(0).optional(),
    liveImport: z.boolean().default(false),
    legacyBackup: z.boolean().default(false),
    state: z.enum(['IDLE', 'CREATING', 'UPDATING', 'DELETING', 'REPAIRING']).default('IDLE'),
    tags: z.array(z.strictObject({ key: z.string().min(1), value: z.string().min(1) })).optional(),
    ageDays: z.number().min(0).default(400),
    scheduledDays: z.number().min(0).optional(),
    snapshots: z.array(snapshot).default([]),
    restores: restoreOutcome.default({ fails: false, loses: 0 }),
    onDemandSnapshots: outcome.default({ fails: false }),
    databases: z.array(database).default([]),
    measurements: z.enum(['points', 'nulls', 'none']).default('points'),
    searchNodes: z
      .strictObject({ instanceSize: z.string().default('S20_HIGHCPU_NVME'), nodeCount: z.int().default(2) })
      .optional(),
  })
  .refine((value) => value.kind === 'sharded' || value.shards === 1, {
    path: ['shards'],
    error: 'only a sharded cluster has more than one shard',
  })
  .refine((value) => value.kind === 'sharded' || value.configServer === undefined, {
    path: ['configServer'],
    error: 'only a sharded cluster has a config server',
  })
  .refine((value) => value.paused || value.pausedHours === undefined, {
    path: ['pausedHours'],
    error: 'only a paused cluster is paused since a time',
  });

const project = z.strictObject({
  id,
  name: z.string().min(1),
  organization: id.default(PRACTICE_IDS.orgId),
  ...projectSettings,
  clusters: z
    .array(cluster)
    .refine((clusters) => areUnique(clusters.map((each) => each.name)), 'two clusters have the same name')
    .default([]),
  alerts: z
    .array(
      z.strictObject({
        cluster: name.optional(),
        hostnameAndPort: z.string().min(1).optional(),
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
  roles: z.record(z.union([id, z.literal('*')]), z.array(z.enum(ROLES))).default({ '*': ['ORG_OWNER'] }),
});

/** Checks a world file and fills in what it leaves out. */
export const worldFile = z.strictObject({
  projects: z
    .array(project)
    .min(1)
    .refine((projects) => areUnique(projects.map((each) => each.id)), 'two projects have the same id'),
  organizations: z
    .array(organization)
    .refine((all) => areUnique(all.map((each) => each.id)), 'two organizations have the same id')
    .default([]),
  federations: z.array(federation).default([]),
  credentials: z.array(credential).default([]),
});

/**
 * What a world file may hold; the default world is one.
 *
 * - `projects`: each with `id` (24 hexadecimal digits), `name`, `organization` (an id; the same for all by
 *   default), `clusters`, `alerts` and what `projectSettings` describes.
 * - a cluster: `name`, and if it differs from the default `kind` (replicaSet, sharded, flex, serverless), `shards`,
 *   `configServer` (DEDICATED, EMBEDDED: of a sharded one, by default EMBEDDED from MongoDB 8.0 on with up to three shards),
 *   `version`, `diskGB`, `usedGB` (size of its snapshots), `instanceSize`, `provider`, `region`, `encryption`
 *   (NONE or the provider of the customer's key), `pointInTime`, `pointInTimeDays` (restore window), `backups`,
 *   `paused`, `pausedHours` (since when: no backups from then on; by default since the newest of its `snapshots`), `liveImport`, `legacyBackup`, `state`, `ageDays`, `scheduledDays` (since how many days snapshots are
 *   scheduled; none without it), `snapshots`, and the outcomes `restores` (of restores into it and downloads from
 *   it) and `onDemandSnapshots`: `{ fails, seconds }`, seconds drawn from the seed when absent; `restores` also
 *   `loses`, the share of the documents that is not there afterwards.
 * - its contents: `databases`, each with `name`, `collections`, `views`, `indexes`, `objects`, `objectBytes` and
 *   `growthPerDay` (a share); `measurements` (points, nulls: points without values, or none); `searchNodes`
 *   (`instanceSize`, `nodeCount`; none without it).
 * - a snapshot: `ageHours` since it was started, and if it differs `id`, `type` (onDemand, scheduled, fallback),
 *   `frequency`, `fails`, `seconds` it took, `keptDays`, `version`, `sizeGB`, `shards`, `configServer`, `encrypted`,
 *   `description`.
 * - an alert: `eventType`, `status`, `ageHours`, `cluster`; or `hostnameAndPort`, of a host that is of none of its clusters.
 *   The type decides how it names its cluster: by name, by a host and its alias, or by a replica set, as in Atlas.
 * - `organizations` and `federations`, as organization-schema.ts describes them.
 * - `credentials`: `clientId`, `clientSecret`, `publicKey`, `privateKey`, and `roles`, a list of the roles of
 *   world.ts for each id of a project or an organization, or `*`. The first one is what the simulator tells; without
 *   any, an owner of every organization is made from the seed.
 */
export type WorldFile = z.input<typeof worldFile>;

/** A world file after the check, with everything filled in. */
export type CheckedWorldFile = z.infer<typeof worldFile>;
