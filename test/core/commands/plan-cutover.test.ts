import { describe, expect, it, onTestFinished } from 'vitest';
import { checkAccess } from '../../../core/commands/check-access.ts';
import { planJob } from '../../../core/commands/plan-job.ts';
import { PRACTICE_IDS as IDS } from '../../../simulator/practice-ids.ts';
import { nightText, nightWorld, parseCutover, type NightWorld } from '../../support/cutovers.ts';
import { openRehearsal } from '../../support/rehearsal.ts';

async function open(world: NightWorld = {}) {
  const at = await openRehearsal({ world: nightWorld(world) });
  onTestFinished(() => at.close());
  return at;
}

async function planOf(parts: Readonly<Record<string, string>> = {}, world: NightWorld = {}) {
  const { atlas, clock, simulator } = await open(world);
  const runbook = parseCutover(nightText(parts));
  const plan = await planJob({ runbook, policy: { protectedClusters: [] }, seed: 1 }, atlas, clock);
  return { plan, simulator };
}

describe('the plan of a cutover', () => {
  it('tells everything in order, how the migration stands, and changes nothing', async () => {
    const { plan, simulator } = await planOf();
    expect(plan).toMatchObject({
      kind: 'cutover',
      ok: true,
      migration: { id: IDS.ordersMigrationId, status: 'NEW', ready: false, lagSeconds: null },
      lag: { atMost: 5, readings: 3, every: 10 },
      maxWriteStopSeconds: 600,
      projects: { [IDS.platformId]: 'platform' },
    });
    expect(plan.steps.find((step) => step.startsWith('CUT OVER'))).toContain('(project platform)');
    const order = [
      'Watch',
      'approve',
      '"stop" of stopWrites',
      'Read the lag',
      'CUT OVER',
      'Follow',
      '"switch"',
      'snapshot',
      '"resume"',
      'report',
    ];
    const places = order.map((part) => plan.steps.findIndex((step) => step.includes(part)));
    expect(places).toEqual(order.map((_, index) => index));
    expect(simulator.changes()).toEqual([]);
  });

  it('says that a run would be stopped when the migration is over', async () => {
    const history = [{ from: 0, status: 'COMPLETE' as const, ready: false, lag: null }];
    const { plan } = await planOf({}, { migration: { history } });
    expect(plan.ok).toBe(false);
    expect(plan.guards.find(({ name }) => name === 'migration-open')).toMatchObject({ outcome: 'fail' });
  });

  it('names a migration that is not there', async () => {
    await expect(planOf({ migration: IDS.liveMigrationId })).rejects.toMatchObject({
      name: 'MigrationNotFoundError',
    });
  });
});

it('the access that a cutover needs is tried where it only reads, and named where it changes', async () => {
  const { atlas, simulator } = await open();
  const all = await checkAccess(parseCutover(nightText()), atlas);
  const one = (id: string) => all.find(({ operationId }) => operationId === id);
  expect(one('getGroupLiveMigration')).toMatchObject({
    access: 'allowed',
    neededBy: ['cutover'],
    project: IDS.platformId,
  });
  expect(one('cutoverMigration')).toMatchObject({ access: 'unknown', roles: ['Organization Owner'] });
  expect(one('takeSnapshots')).toMatchObject({ effect: 'change', access: 'unknown' });
  expect(one('listAlerts')).toMatchObject({ access: 'allowed', neededBy: ['verification'] });
  expect(simulator.changes()).toEqual([]);
});
