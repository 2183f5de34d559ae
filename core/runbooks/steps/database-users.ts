import * as z from 'zod';
import { clusterNamePart, plainLine } from '../fields.ts';
import type { StepKind } from './kind.ts';

const role = z.strictObject({
  role: plainLine.min(1).describe('Name of a built-in or custom role, for example readWrite'),
  database: plainLine.min(1).describe('Database on which the role is granted'),
  collection: plainLine.min(1).optional().describe('Collection, where the role is narrowed to one'),
});

const user = z.strictObject({
  username: plainLine.min(1).max(1024).describe('Name of the database user'),
  database: z.enum(['admin', '$external']).default('admin').describe('Where the user signs in'),
  roles: z.array(role).min(1).describe('Every role that the user has'),
  clusters: z
    .array(clusterNamePart)
    .min(1)
    .optional()
    .describe('Clusters that the user is limited to; absent: every cluster of the project'),
});

const settings = z.strictObject({
  users: z
    .array(user)
    .min(1)
    .optional()
    .describe('The users that the target must have; absent: those of the source'),
  ignore: z
    .array(plainLine.min(1))
    .default([])
    .describe('Names of users to leave out of the comparison, on both sides'),
});

/** What `with` holds. */
export type DatabaseUsersWith = z.output<typeof settings>;

/** The users who can reach the restored cluster are those who can reach the source, or those of a list (return-all-database-users-in-one-project). */
export const databaseUsersKind = {
  use: 'database-users',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  operations: ['listDatabaseUsers'],
  with: settings,
  summary: ({ users }, { target }) =>
    `Compare the database users who reach ${target?.cluster ?? 'the target'} with ` +
    (users === undefined ? 'those of the source' : `a list of ${users.length}`),
} as const satisfies StepKind<DatabaseUsersWith>;
