import { z } from 'zod';
import { ageHours, id, name, seconds, share } from './schema-parts.ts';

const provider = z.enum(['AWS', 'AZURE', 'GCP']).default('AWS');

const auditing = z.strictObject({
  enabled: z.boolean().default(true),
  filter: z.string().default('{}'),
  configurationType: z.enum(['NONE', 'FILTER_BUILDER', 'FILTER_JSON']).default('FILTER_JSON'),
  authorizationSuccess: z.boolean().default(false),
});

const ldap = z.strictObject({
  hostname: z.string().min(1),
  port: z.int().default(636),
  bindUsername: z.string().min(1),
  authenticationEnabled: z.boolean().default(true),
  authorizationEnabled: z.boolean().default(true),
  userToDNMapping: z.array(
    z.strictObject({
      match: z.string(),
      substitution: z.string().optional(),
      ldapQuery: z.string().optional(),
    }),
  ),
});

const databaseUser = z.strictObject({
  username: z.string().min(1),
  databaseName: z.enum(['admin', '$external']).default('admin'),
  x509Type: z.enum(['NONE', 'CUSTOMER', 'MANAGED']).default('NONE'),
  roles: z
    .array(
      z.strictObject({
        roleName: z.string().min(1),
        databaseName: z.string().min(1).default('admin'),
        collectionName: z.string().optional(),
      }),
    )
    .default([]),
  scopes: z
    .array(z.strictObject({ name, type: z.enum(['CLUSTER', 'DATA_LAKE', 'STREAM']).default('CLUSTER') }))
    .default([]),
});

const keySettings = z.record(z.string(), z.union([z.string(), z.boolean()]));

const encryptionAtRest = z.strictObject({
  providers: z
    .strictObject({
      awsKms: keySettings.optional(),
      azureKeyVault: keySettings.optional(),
      googleCloudKms: keySettings.optional(),
    })
    .default({}),
  enabledForSearchNodes: z.boolean().default(false),
  unusableKeys: z.array(z.string()).default([]),
  validAfter: z.number().min(0).default(90),
  endpoints: z.array(z.strictObject({ id, provider: z.enum(['AWS', 'AZURE']).default('AWS') })).default([]),
});

const endpointService = z.strictObject({
  id,
  provider,
  region: z.string().min(1).default('EU_WEST_1'),
  status: z.enum(['INITIATING', 'AVAILABLE', 'WAITING_FOR_USER', 'FAILED']).default('AVAILABLE'),
  endpoints: z.array(z.strictObject({ id: z.string().min(1), interfaceId: id.optional() })).default([]),
});

const peer = z.strictObject({
  id,
  provider,
  containerId: id,
  settings: z.record(z.string(), z.string()),
  connectsAfter: seconds.default(120),
  fails: z.boolean().default(false),
});

const migrationStretch = z.strictObject({
  from: z.number().min(0),
  status: z.enum(['NEW', 'WORKING', 'COMPLETE', 'FAILED', 'EXPIRED']).optional(),
  ready: z.boolean().optional(),
  lag: z.number().min(0).nullable().optional(),
  rising: z.number().default(0),
});

const liveMigration = z.strictObject({
  id,
  ageHours,
  readyAfter: z.number().min(0).default(3600),
  lagSeconds: z.int().min(0).default(2),
  migrationHost: z.string().min(1).default('migration.example.com'),
  fails: z.enum(['never', 'beforeReady', 'afterCutover']).default('never'),
  cutoverSeconds: seconds.optional(),
  target: name.optional(),
  source: z.strictObject({ project: id, cluster: name }).optional(),
  loses: share.default(0),
  history: z.array(migrationStretch).default([]),
});

const pipeline = z.strictObject({
  id,
  name: z.string().regex(/^[^/\\ "$]{1,64}$/),
  state: z.enum(['ACTIVE', 'PAUSED']).default('ACTIVE'),
  ageHours: ageHours.default(1000),
  source: z.strictObject({ cluster: name, database: z.string().min(1), collection: z.string().min(1) }),
  region: z.string().min(1).default('IRELAND_IRL'),
  keptDays: z.number().positive().default(14),
  runs: z
    .array(
      z.strictObject({
        id,
        ageHours,
        waits: z.boolean().default(false),
        seconds: seconds.default(750),
        fails: z.boolean().default(false),
        documents: z.int().min(0).default(1_000_000),
        bytes: z.int().min(0).default(900_000_000),
        snapshotId: id.optional(),
      }),
    )
    .default([]),
});

const snapshotExport = z.strictObject({
  id,
  cluster: name,
  ageHours,
  queued: z.number().min(0).default(60),
  seconds: seconds.default(900),
  ends: z.enum(['Successful', 'Failed', 'Cancelled']).default('Successful'),
  collections: z.int().min(0).default(16),
  snapshotId: id.optional(),
  bucketId: id,
});

/**
 * What a project may hold beside its clusters and alerts.
 *
 * - `ageDays` since it was created.
 * - `managedSlowMs`, true unless it says otherwise.
 * - `auditing`: `enabled`, `filter` (JSON in a string), `configurationType` (NONE, FILTER_BUILDER, FILTER_JSON),
 *   `authorizationSuccess`. Nothing is audited without it.
 * - `ldap`: `hostname`, `port`, `bindUsername`, `authenticationEnabled`, `authorizationEnabled` and
 *   `userToDNMapping`, a list of `match` with `substitution` or `ldapQuery`.
 * - `databaseUsers`: `username`, `databaseName` (admin, $external), `x509Type`, `roles` (`roleName`,
 *   `databaseName`, `collectionName`), `scopes` (`name`, `type`).
 * - `encryptionAtRest`: `providers` (awsKms, azureKeyVault, googleCloudKms, each with its settings as Atlas shows
 *   them), `enabledForSearchNodes`, `unusableKeys` (identifiers that are refused), `validAfter` (seconds from an
 *   update until the key is valid), `endpoints` (`id`, `provider`).
 * - `endpointServices`: `id`, `provider`, `region`, `status`, `endpoints` (`id` that removes it; for AWS
 *   `interfaceId`, which the service lists).
 * - `peers`: `id`, `provider`, `containerId`, `settings` in the provider's words, `connectsAfter` (seconds), `fails`.
 * - `liveMigrations`: `id`, `ageHours`, `readyAfter` (seconds from its start), `lagSeconds`, `migrationHost`,
 *   `fails` (never, beforeReady, afterCutover), `cutoverSeconds` (drawn from the seed when absent); `target`, the name of
 *   the cluster that it goes into, which gets no snapshots until it is over; `source` (`project`, `cluster`), whose contents
 *   the target then has, but for the share of documents that it `loses`; `history`, a list of stretches that each begin
 *   `from` so many seconds after its start and overrule, until the next one or the cutover, its `status`, `ready`, and `lag`
 *   (seconds, null for none, `rising` by so many seconds in a second).
 * - `pipelines`: `id`, `name`, `state` (ACTIVE, PAUSED), `ageHours`, `source` (`cluster`, `database`,
 *   `collection`), `region`, `keptDays`, `runs` (`id`, `ageHours`, `waits` for the pipeline to be resumed,
 *   `seconds`, `fails`, `documents`, `bytes`, `snapshotId`).
 * - `pipelinesWithdrawn`: 404 or 410, which every question about pipelines is answered with then.
 * - `snapshotExports`: `id`, `cluster`, `ageHours`, `queued` and `seconds` (until it begins, and from then until it ends),
 *   `ends` (Successful, Failed, Cancelled), `collections`, `snapshotId`, `bucketId`.
 */
export const projectSettings = {
  ageDays: z.number().min(0).default(500),
  managedSlowMs: z.boolean().default(true),
  auditing: auditing.prefault({ enabled: false, configurationType: 'NONE' }),
  ldap: ldap.optional(),
  databaseUsers: z.array(databaseUser).default([]),
  encryptionAtRest: encryptionAtRest.prefault({}),
  endpointServices: z.array(endpointService).default([]),
  peers: z.array(peer).default([]),
  liveMigrations: z.array(liveMigration).default([]),
  pipelines: z.array(pipeline).default([]),
  pipelinesWithdrawn: z.union([z.literal(404), z.literal(410)]).optional(),
  snapshotExports: z.array(snapshotExport).default([]),
};
