/** A database user, as far as it matters who may do what. */
export interface UserFacts {
  readonly username: string;
  /** Where it signs in: `admin` or `$external`. */
  readonly databaseName: string;
  readonly roles: readonly RoleFacts[];
  /** What the user is limited to; none, or an empty list: everything in the project. */
  readonly scopes?: readonly ScopeFacts[] | undefined;
  /** Ways to sign in beside a password, each `NONE` where absent. A list in a runbook doesn't name them. */
  readonly signIn?: string | undefined;
}

interface RoleFacts {
  readonly roleName: string;
  readonly databaseName: string;
  readonly collectionName?: string | undefined;
}

interface ScopeFacts {
  /** `CLUSTER`, `DATA_LAKE` or `STREAM`. */
  readonly type: string;
  readonly name: string;
}

/** One side of a comparison: the users of a project, and the cluster there that is looked at. */
export interface Side {
  readonly users: readonly UserFacts[];
  readonly cluster: string;
}

/** Where the users of two clusters differ. Users are named `username@database`, in alphabetical order. */
export interface UserDifferences {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  /** With the parts that differ, for example `app@admin (roles, scopes)`. */
  readonly different: readonly string[];
  /** How many were compared and found the same. */
  readonly same: number;
}

/**
 * Compares who can reach one cluster with who can reach another, and what they may do there. The clusters have other
 * names, so scopes are compared by what they mean: every cluster, this one among others, or not this one. Users who can
 * reach neither cluster are left out.
 */
export function compareUsers(expected: Side, actual: Side): UserDifferences {
  const wanted = byName(expected.users);
  const present = byName(actual.users);
  const missing: string[] = [];
  const extra: string[] = [];
  const different: string[] = [];
  let same = 0;
  for (const name of [...new Set([...wanted.keys(), ...present.keys()])].sort()) {
    const one = wanted.get(name);
    const other = present.get(name);
    const before = reach(one, expected.cluster);
    const after = reach(other, actual.cluster);
    if (before === 'none' && after === 'none') continue;
    const parts = one === undefined || other === undefined ? [] : differingParts(one, other);
    if (before !== after) parts.push('scopes');
    if (other === undefined) missing.push(name);
    else if (one === undefined) extra.push(name);
    else if (parts.length > 0) different.push(`${name} (${parts.join(', ')})`);
    else same += 1;
  }
  return { missing, extra, different, same };
}

function byName(users: readonly UserFacts[]): ReadonlyMap<string, UserFacts> {
  return new Map(users.map((user) => [`${user.username}@${user.databaseName}`, user]));
}

function reach(user: UserFacts | undefined, cluster: string): 'none' | 'this' | 'every' {
  if (user === undefined) return 'none';
  const scopes = user.scopes ?? [];
  if (scopes.length === 0) return 'every';
  return scopes.some((scope) => scope.type === 'CLUSTER' && scope.name === cluster) ? 'this' : 'none';
}

function differingParts(one: UserFacts, other: UserFacts): string[] {
  const parts: string[] = [];
  if (roleNames(one) !== roleNames(other)) parts.push('roles');
  const bothTell = one.signIn !== undefined && other.signIn !== undefined;
  if (bothTell && one.signIn !== other.signIn) parts.push('sign-in');
  return parts;
}

/** The roles as one text, the same whatever their order and however often they are listed. */
function roleNames(user: UserFacts): string {
  const names = user.roles.map((role) =>
    JSON.stringify([role.databaseName, role.collectionName ?? '', role.roleName]),
  );
  return [...new Set(names)].sort().join();
}
