import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, maybeCount, nothing, objectId } from '../schemas.ts';

/** A migration of a running cluster to Atlas. */
const liveMigration = z.looseObject({
  _id: maybe(z.string()),
  /** `NEW`, `WORKING`, `FAILED`, `COMPLETE`, `EXPIRED`, or a word that is new to us. */
  status: maybe(z.string()),
  /** Once true, 120 hours are left to cut over. */
  readyForCutover: maybe(z.boolean()),
  /** Seconds that the target is behind. It is missing during the cutover, which does not mean zero. */
  lagTimeSeconds: maybeCount,
  migrationHosts: maybe(z.array(z.string())),
});

const migration = { groupId: objectId, liveMigrationId: objectId };
const path = '/api/atlas/v2/groups/{groupId}/liveMigrations/{liveMigrationId}';

/** Live migrations. */
export const liveMigrationOperations = {
  /** One migration. The role: Organization Member. */
  getGroupLiveMigration: {
    operationId: 'getGroupLiveMigration',
    method: 'GET',
    path,
    version: '2023-01-01',
    effect: 'read',
    roles: ['Organization Member'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject(migration),
    reply: liveMigration,
  },
  /**
   * Cuts a migration over to Atlas. It can't be taken back. 202 means accepted: read the migration until it is `COMPLETE`.
   * Sent once: what the migration was read as just before may not hold a minute later. The role: Organization Owner.
   *
   * Doc: cut-over-one-migrated-cluster.
   */
  cutoverMigration: {
    operationId: 'cutoverMigration',
    method: 'PUT',
    path: `${path}/cutover`,
    version: '2023-01-01',
    effect: 'change',
    promptly: true,
    roles: ['Organization Owner'],
    source: 'cut-over-one-migrated-cluster',
    shape: 'one',
    params: z.strictObject(migration),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
