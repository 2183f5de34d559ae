import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUsers, type UserFacts } from '../../../../core/steps/database-users/compare-users.ts';

const role = fc.record({
  roleName: fc.constantFrom('read', 'readWrite', 'dbAdmin'),
  databaseName: fc.constantFrom('shop', 'stock', 'admin'),
  collectionName: fc.constantFrom(undefined, 'orders', 'carts'),
});
/** A user who can reach the cluster `orders`, or every cluster. */
const user = (username: fc.Arbitrary<string>) =>
  fc.record({
    username,
    databaseName: fc.constantFrom('admin', '$external'),
    roles: fc.array(role, { minLength: 1, maxLength: 4 }),
    scopes: fc.constantFrom(
      undefined,
      [],
      [{ type: 'CLUSTER', name: 'orders' }],
      [
        { type: 'CLUSTER', name: 'stock' },
        { type: 'CLUSTER', name: 'orders' },
      ],
    ),
    signIn: fc.constantFrom('password', 'x509Type MANAGED'),
  });
const users = fc.uniqueArray(user(fc.string({ minLength: 1 })), {
  selector: (one) => `${one.username}@${one.databaseName}`,
  maxLength: 12,
});

/** The users as they should look on another cluster: written anew, with roles and scopes in another order. */
function moved(from: readonly UserFacts[], cluster: string): UserFacts[] {
  return from
    .map((one) => ({
      ...one,
      roles: one.roles.toReversed(),
      scopes: one.scopes
        ?.map((scope) => (scope.name === 'orders' ? { ...scope, name: cluster } : scope))
        .toReversed(),
    }))
    .toReversed();
}

describe('compareUsers', () => {
  it('finds no difference between users and the same users of another cluster', () => {
    fc.assert(
      fc.property(users, (of) => {
        const found = compareUsers(
          { users: of, cluster: 'orders' },
          { users: moved(of, 'orders-drill'), cluster: 'orders-drill' },
        );
        expect(found).toEqual({ missing: [], extra: [], different: [], same: of.length });
      }),
    );
  });

  it('names exactly the users that one side lacks, whichever side it is', () => {
    fc.assert(
      fc.property(users, fc.integer({ min: 0, max: 12 }), (of, kept) => {
        const all = { users: of, cluster: 'orders' };
        const some = { users: of.slice(0, kept), cluster: 'orders' };
        const names = of
          .slice(kept)
          .map((one) => `${one.username}@${one.databaseName}`)
          .sort();
        expect(compareUsers(all, some)).toMatchObject({ missing: names, extra: [], different: [] });
        expect(compareUsers(some, all)).toMatchObject({ missing: [], extra: names, different: [] });
      }),
    );
  });

  it('sees a role more, a role less and a role narrowed to a collection', () => {
    fc.assert(
      fc.property(users, (of) => {
        const changed = of.map((one) => ({
          ...one,
          roles: [...one.roles, { roleName: 'atlasAdmin', databaseName: 'admin' }],
        }));
        const here = { users: of, cluster: 'orders' };
        const there = { users: changed, cluster: 'orders' };
        const names = of.map((one) => `${one.username}@${one.databaseName} (roles)`).sort();
        expect(compareUsers(here, there).different).toEqual(names);
        expect(compareUsers(there, here).different).toEqual(names);
      }),
    );
    const read = { roleName: 'read', databaseName: 'shop' };
    const app = { username: 'app', databaseName: 'admin', roles: [read] };
    const narrowed = { ...app, roles: [{ ...read, collectionName: 'carts' }] };
    const found = compareUsers({ users: [app], cluster: 'a' }, { users: [narrowed], cluster: 'b' });
    expect(found.different).toEqual(['app@admin (roles)']);
  });

  const app = (parts: Partial<UserFacts> = {}): UserFacts => ({
    username: 'app',
    databaseName: 'admin',
    roles: [{ roleName: 'readWrite', databaseName: 'shop' }],
    ...parts,
  });
  const onCluster = (name: string) => [{ type: 'CLUSTER', name }];
  const compare = (here: UserFacts[], there: UserFacts[]) =>
    compareUsers({ users: here, cluster: 'orders' }, { users: there, cluster: 'orders-drill' });

  it('tells a user who may reach every cluster from one who is limited to this one', () => {
    expect(compare([app({ scopes: onCluster('orders') })], [app()]).different).toEqual([
      'app@admin (scopes)',
    ]);
  });

  it('finds a user different who is there but cannot reach the restored cluster', () => {
    const found = compare([app()], [app({ scopes: onCluster('something-else') })]);
    expect(found).toMatchObject({ missing: [], different: ['app@admin (scopes)'] });
  });

  it('leaves out users of other clusters, and those of a data lake', () => {
    const lake = [{ type: 'DATA_LAKE', name: 'orders' }];
    const others = [
      app({ username: 'stock', scopes: onCluster('stock') }),
      app({ username: 'lake', scopes: lake }),
    ];
    expect(compare([app(), ...others], [app()])).toEqual({ missing: [], extra: [], different: [], same: 1 });
    expect(compare([app()], [app(), ...others])).toEqual({ missing: [], extra: [], different: [], same: 1 });
  });

  it('compares how users sign in only where both sides tell', () => {
    const password = app({ signIn: 'password' });
    const certificate = app({ signIn: 'x509Type MANAGED' });
    expect(compare([password], [certificate]).different).toEqual(['app@admin (sign-in)']);
    expect(compare([app()], [certificate]).different).toEqual([]);
  });

  it('takes the same name in two authentication databases for two users', () => {
    const found = compare([app()], [app({ databaseName: '$external' })]);
    expect(found).toMatchObject({ missing: ['app@admin'], extra: ['app@$external'] });
  });
});
