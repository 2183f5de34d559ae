import { describe, expect, it } from 'vitest';
import { databaseUsers, type DatabaseUsersWith } from '../../../core/steps/database-users.ts';
import { answerOf, DRILLS, stepContext, twoProjects, withAtlas } from './checking.ts';

const readWrite = (databaseName: string) => ({ roleName: 'readWrite', databaseName });
const app = { username: 'app', roles: [readWrite('shop')], scopes: [{ name: 'orders' }] };
const moved = { ...app, scopes: [{ name: 'orders-drill' }] };
const reader = { username: 'reader', roles: [{ roleName: 'read', databaseName: 'shop' }] };

const settings = (written: Record<string, unknown> = {}): DatabaseUsersWith =>
  databaseUsers.with.parse(written);

describe('database-users', () => {
  it('passes where the same users reach the target as reach the source', async () => {
    const world = twoProjects({ databaseUsers: [app, reader] }, { databaseUsers: [reader, moved] });
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(databaseUsers, settings(), stepContext(rehearsal));
      expect(answer).toMatchObject({
        outcome: 'done',
        evidence: { same: 2, missing: 'none', extra: 'none', different: 'none' },
      });
    });
  });

  it('names who is missing, who is extra and who differs', async () => {
    const certificate = {
      username: 'CN=batch',
      databaseName: '$external' as const,
      roles: [readWrite('shop')],
    };
    const world = twoProjects(
      { databaseUsers: [app, reader, { ...certificate, x509Type: 'MANAGED' }] },
      {
        databaseUsers: [
          { ...moved, roles: [readWrite('shop'), readWrite('stock')] },
          { username: 'intruder', roles: [{ roleName: 'atlasAdmin' }] },
          { ...certificate, x509Type: 'CUSTOMER' },
        ],
      },
    );
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(databaseUsers, settings(), stepContext(rehearsal));
      expect(answer).toMatchObject({
        outcome: 'failed',
        evidence: {
          same: 0,
          missing: 'reader@admin',
          extra: 'intruder@admin',
          different: 'CN=batch@$external (sign-in), app@admin (roles)',
        },
      });
      const ignored = await answerOf(
        databaseUsers,
        settings({ ignore: ['reader', 'intruder', 'app', 'CN=batch'] }),
        stepContext(rehearsal),
      );
      expect(ignored.outcome).toBe('done');
    });
  });

  it('compares with a list where there is one, and then asks nothing of the source', async () => {
    const world = twoProjects({ databaseUsers: [reader] }, { databaseUsers: [moved] });
    const list = {
      users: [
        { username: 'app', roles: [{ role: 'readWrite', database: 'shop' }], clusters: ['orders-drill'] },
      ],
    };
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      // The second source does not exist: only the list counts.
      const nowhere = { ...context, source: { project: 'f'.repeat(24), cluster: 'orders' } };
      expect(await answerOf(databaseUsers, settings(list), nowhere)).toMatchObject({ outcome: 'done' });
      const wider = { users: [{ ...list.users[0], clusters: undefined }] };
      expect(await answerOf(databaseUsers, settings(wider), context)).toMatchObject({
        outcome: 'failed',
        evidence: { different: 'app@admin (scopes)' },
      });
    });
  });

  it('names twenty users and counts the others', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({ ...reader, username: `reader-${index + 10}` }));
    await withAtlas({ world: twoProjects({ databaseUsers: many }) }, async (rehearsal) => {
      const answer = await answerOf(databaseUsers, settings(), stepContext(rehearsal));
      const { missing } = answer.evidence ?? {};
      expect(String(missing).split(', ')).toHaveLength(20);
      expect(missing).toMatch(/ and 5 more$/);
    });
  });

  it('finds a source user who cannot reach the target in the same project', async () => {
    const world = twoProjects({}, { databaseUsers: [app, reader] });
    const source = { project: DRILLS, cluster: 'orders' };
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(databaseUsers, settings(), stepContext(rehearsal, {}, { source }));
      expect(answer).toMatchObject({
        outcome: 'failed',
        evidence: { same: 1, different: 'app@admin (scopes)' },
      });
    });
  });
});
