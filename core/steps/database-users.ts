import { collect } from '../atlas/collect.ts';
import type { AtlasClient } from '../atlas/client.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { DatabaseUsersWith } from '../runbooks/steps/database-users.ts';
import { compareUsers, type Side, type UserDifferences, type UserFacts } from './compare-users.ts';
import { listed } from './listed.ts';
import { couldNotSee, noSource, noTarget, see } from './seeing.ts';
import type { StepAnswer, StepWork } from './step.ts';

/** The users of the target are those of the source, or those of the list in the settings. */
export const databaseUsers: StepWork<DatabaseUsersWith> = {
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
