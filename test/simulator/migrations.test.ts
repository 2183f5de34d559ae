import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { type Answer, type Body, DRILLS, type Practice, startPractice } from './practice-client.ts';

const MIGRATION = `${DRILLS}/liveMigrations/${IDS.liveMigrationId}`;
const HOUR = 3600;

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

async function look(): Promise<Body> {
  return (await practice.call('getGroupLiveMigration', 'GET', MIGRATION)).body;
}

function cutOver(): Promise<Answer> {
  return practice.call('cutoverMigration', 'PUT', `${MIGRATION}/cutover`);
}

/** Starts anew with a migration that has just begun and is ready in an hour. */
async function startWith(migration: Body): Promise<void> {
  await practice.simulator.close();
  const liveMigrations = [{ id: IDS.liveMigrationId, ageHours: 0, ...migration }];
  practice = await startPractice({
    world: { projects: [{ id: DRILLS, name: 'drills', liveMigrations }] },
  });
}

describe('a live migration', () => {
  it('is new, catches up, and is ready', async () => {
    await startWith({});
    expect(await look()).toEqual({
      _id: IDS.liveMigrationId,
      migrationHosts: ['migration.example.com'],
      readyForCutover: false,
      status: 'NEW',
    });
    practice.clock.advance(60);
    expect(await look()).toMatchObject({ status: 'WORKING', readyForCutover: false, lagTimeSeconds: 3542 });
    expect((await cutOver()).body).toMatchObject({ error: 400, errorCode: 'LIVE_MIGRATION_NOT_READY' });
    practice.clock.advance(HOUR - 60);
    expect(await look()).toMatchObject({ status: 'WORKING', readyForCutover: true, lagTimeSeconds: 2 });
  });

  it('is cut over once: its lag disappears, and it is complete some minutes later', async () => {
    const accepted = await cutOver();
    expect(accepted.status).toBe(202);
    expect(accepted.text).toBe('');
    const working = await look();
    expect(working).toMatchObject({ status: 'WORKING', readyForCutover: false });
    expect(working).not.toHaveProperty('lagTimeSeconds');
    practice.clock.advance(179);
    expect((await look()).status).toBe('WORKING');
    expect((await cutOver()).body).toMatchObject({ error: 400, errorCode: 'LIVE_MIGRATION_CUTOVER_STARTED' });
    practice.clock.advance(1021);
    const complete = await look();
    expect(complete).toMatchObject({ status: 'COMPLETE', readyForCutover: false });
    expect(complete).not.toHaveProperty('lagTimeSeconds');
    expect((await cutOver()).body.error).toBe(400);
    expect(practice.simulator.changes()).toHaveLength(1);
  });

  it('expires 120 hours after it was ready', async () => {
    await startWith({ readyAfter: 0 });
    practice.clock.advance(120 * HOUR - 1);
    expect((await look()).readyForCutover).toBe(true);
    practice.clock.advance(1);
    expect(await look()).toMatchObject({ status: 'EXPIRED', readyForCutover: false });
    expect((await cutOver()).body.errorCode).toBe('LIVE_MIGRATION_NOT_READY');
  });

  it('fails before it is ready, or after its cutover, when the world says so', async () => {
    await startWith({ fails: 'beforeReady' });
    practice.clock.advance(HOUR);
    expect((await look()).status).toBe('FAILED');
    await startWith({ fails: 'afterCutover', readyAfter: 0, cutoverSeconds: 300 });
    expect((await cutOver()).status).toBe(202);
    practice.clock.advance(300);
    expect((await look()).status).toBe('FAILED');
  });
});

describe('a live migration of a world that says more', () => {
  it('follows its history until the next stretch', async () => {
    const history = [
      { from: 300, status: 'FAILED', ready: false, lag: null },
      { from: 100, lag: 4, rising: 0.5 },
      { from: 200, ready: false },
      { from: 250, lag: null },
    ];
    await startWith({ readyAfter: 60, history });
    let elapsed = 0;
    const at = async (seconds: number): Promise<unknown> => {
      practice.clock.advance(seconds - elapsed);
      elapsed = seconds;
      const { status, readyForCutover, lagTimeSeconds = null } = await look();
      return [status, readyForCutover, lagTimeSeconds];
    };
    expect(await at(99)).toEqual(['WORKING', true, 2]);
    expect(await at(100)).toEqual(['WORKING', true, 4]);
    expect(await at(150)).toEqual(['WORKING', true, 29]);
    expect(await at(200)).toEqual(['WORKING', false, 2]);
    expect((await cutOver()).body.errorCode).toBe('LIVE_MIGRATION_NOT_READY');
    expect(await at(250)).toEqual(['WORKING', true, null]);
    expect(await at(300)).toEqual(['FAILED', false, null]);
    expect((await cutOver()).body.errorCode).toBe('LIVE_MIGRATION_NOT_READY');
  });

  it('forgets its history with the cutover', async () => {
    await startWith({ readyAfter: 0, cutoverSeconds: 60, history: [{ from: 10, lag: 500 }] });
    await cutOver();
    practice.clock.advance(30);
    expect(await look()).not.toHaveProperty('lagTimeSeconds');
    practice.clock.advance(30);
    expect((await look()).status).toBe('COMPLETE');
  });

  it('keeps Atlas from taking snapshots of its target until it is complete', async () => {
    await practice.simulator.close();
    const target = { name: 'orders', scheduledDays: 1 };
    const migration = { target: 'orders', ageHours: 5, readyAfter: 0, cutoverSeconds: 60 };
    const liveMigrations = [{ id: IDS.liveMigrationId, ...migration }];
    const drills = { id: DRILLS, name: 'drills', liveMigrations, clusters: [target] };
    practice = await startPractice({ world: { projects: [drills] } });
    const path = `${DRILLS}/clusters/orders/backup/snapshots`;
    const take = () => practice.call('takeSnapshots', 'POST', path, { body: { description: 'first' } });
    const taken = async () =>
      Number((await practice.call('listBackupSnapshots', 'GET', path)).body.totalCount);
    const before = await taken();
    practice.clock.advance(5 * HOUR);
    expect(await taken()).toBe(before);
    expect((await take()).body.errorCode).toBe('CANNOT_TAKE_SNAPSHOT_DURING_LIVE_IMPORT');
    await cutOver();
    practice.clock.advance(59);
    expect((await take()).body.error).toBe(400);
    practice.clock.advance(1);
    expect((await take()).status).toBe(200);
    practice.clock.advance(2 * HOUR);
    expect(await taken()).toBe(before + 3);
  });
});
