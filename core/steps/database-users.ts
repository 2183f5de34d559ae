import * as z from 'zod';
import type { AtlasClient } from '../atlas/client.ts';
import { collect } from '../atlas/collect.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import { clusterNamePart, plainLine } from '../runbooks/fields.ts';
import {
  compareUsers,
  type Side,
  type UserDifferences,
  type UserFacts,
} from './database-users/compare-users.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { listed } from './shared/listed.ts';
import { couldNotSee, noSource, noTarget, see } from './shared/seeing.ts';

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

/**
 * The users who can reach the restored cluster are those who can reach the source, or those of a list.
 *
 * Doc: return-all-database-users-in-one-project.
 */
export const databaseUsers: StepKind<DatabaseUsersWith> = {
  use: 'database-users',
  stages: ['verify'],
  effect: 'check',
  destroys: false,
  operations: { listDatabaseUsers: ['Project Read Only'] },
  asksAbout: ['source', 'target'],
  with: settings,
  summary: ({ users }, { target }) =>
    `Compare the database users who reach ${target?.cluster ?? 'the target'} with ` +
    (users === undefined ? 'those of the source' : `a list of ${users.length}`),

  async look({ users, ignore }, { atlas, source, target }) {
    if (target === undefined) return noTarget('database user');
    const expect = expectedSide(users, source, target, atlas);
    if (expect === undefined) return noSource('database user');
    const sides = await see(`the database users of ${clusterName(target)} and ${expect.of}`, async () => ({
      actual: await sideOf(target, atlas),
      expected: await expect.read(),
    }));
    if ('unseen' in sides) return couldNotSee(sides, 'whether the same users reach the restored cluster');
    const { expected, actual } = sides.seen;
    const differences = compareUsers(without(ignore, expected), without(ignore, actual));
    return answer(differences, target, expect.of);
  },
};

interface Expected {
  /** Where they come from, for a person. */
  readonly of: string;
  read(): Promise<Side>;
}

/** The users of the list, or those of the source; undefined without either. */
function expectedSide(
  users: DatabaseUsersWith['users'],
  source: ClusterRef | undefined,
  target: ClusterRef,
  atlas: AtlasClient,
): Expected | undefined {
  if (users !== undefined)
    return { of: 'the list of the runbook', read: () => Promise.resolve(sideOfList(users, target)) };
  if (source === undefined) return undefined;
  return { of: clusterName(source), read: () => sideOf(source, atlas) };
}

async function sideOf({ project, cluster }: ClusterRef, atlas: AtlasClient): Promise<Side> {
  const users = await collect(atlas.databaseUsers.listDatabaseUsers({ groupId: project }));
  return { cluster, users: users.map((user) => ({ ...user, signIn: signInOf(user) })) };
}

/** The fields that say how a user signs in, beside a password. */
const WAYS = ['awsIAMType', 'ldapAuthType', 'oidcAuthType', 'x509Type'] as const;

/** How a user signs in, as one text. */
function signInOf(user: Readonly<Partial<Record<(typeof WAYS)[number], string | undefined>>>): string {
  const ways = WAYS.map((way) => `${way} ${user[way] ?? 'NONE'}`).filter((way) => !way.endsWith(' NONE'));
  return ways.length === 0 ? 'password' : ways.join(', ');
}

function sideOfList(users: NonNullable<DatabaseUsersWith['users']>, { cluster }: ClusterRef): Side {
  const facts = users.map((user): UserFacts => ({
    username: user.username,
    databaseName: user.database,
    roles: user.roles.map(({ role, database, collection }) => ({
      roleName: role,
      databaseName: database,
      collectionName: collection,
    })),
    scopes: user.clusters?.map((name) => ({ type: 'CLUSTER', name })),
  }));
  return { cluster, users: facts };
}

function without(names: readonly string[], side: Side): Side {
  return { ...side, users: side.users.filter((user) => !names.includes(user.username)) };
}

function answer(found: UserDifferences, target: ClusterRef, model: string): StepAnswer {
  const { missing, extra, different, same } = found;
  const evidence = {
    same,
    missing: listed(missing),
    extra: listed(extra),
    different: listed(different),
  };
  const faults = [
    ...(missing.length > 0 ? [`missing ${listed(missing)}`] : []),
    ...(extra.length > 0 ? [`extra ${listed(extra)}`] : []),
    ...(different.length > 0 ? [`different ${listed(different)}`] : []),
  ];
  const where = `on ${clusterName(target)}, compared with ${model}`;
  return faults.length === 0
    ? { outcome: 'done', message: `${same} database users are the same ${where}.`, evidence }
    : { outcome: 'failed', message: `Database users ${where}: ${faults.join('; ')}.`, evidence };
}
