import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { includeCount, maybe, maybeInstant, objectId } from '../schemas.ts';

/** A user who signs in to the databases of a project. Name and authentication database together tell users apart. */
const databaseUser = z.looseObject({
  username: z.string(),
  /** Where the user authenticates: `admin` or `$external`. */
  databaseName: z.string(),
  roles: z.array(
    z.looseObject({
      roleName: z.string(),
      databaseName: z.string(),
      /** Absent when the role holds for the whole database. */
      collectionName: maybe(z.string()),
    }),
  ),
  /** What the user is confined to; absent or empty means everything in the project. */
  scopes: maybe(
    z.array(
      z.looseObject({
        name: z.string(),
        /** `CLUSTER`, `DATA_LAKE`, `STREAM`, or a word that is new to us. */
        type: z.string(),
      }),
    ),
  ),
  /** The methods of authentication; all `NONE` means a password. */
  awsIAMType: maybe(z.string()),
  ldapAuthType: maybe(z.string()),
  oidcAuthType: maybe(z.string()),
  x509Type: maybe(z.string()),
  /** ISO 8601: when Atlas deletes the user. */
  deleteAfterDate: maybeInstant,
  description: maybe(z.string()),
  labels: maybe(z.array(z.looseObject({ key: maybe(z.string()), value: maybe(z.string()) }))),
});

/** Users of databases. */
export const databaseUserOperations = {
  /**
   * All database users of a project. The role: Project Read Only.
   *
   * Doc: return-all-database-users-in-one-project.
   */
  listDatabaseUsers: {
    operationId: 'listDatabaseUsers',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/databaseUsers',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-all-database-users-in-one-project',
    shape: 'list',
    paged: true,
    params: z.strictObject({ groupId: objectId, includeCount }),
    item: databaseUser,
  },
} satisfies Readonly<Record<string, Operation>>;
