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
