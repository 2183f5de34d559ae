import { afterEach, describe, expect, it } from 'vitest';
import { checkAccess, type OperationAccess } from '../../../core/commands/check-access.ts';
import { parseRunbook } from '../../../core/runbooks/parse-runbook.ts';
import {
  openRehearsal,
  runbookText,
  type Rehearsal,
  type RehearsalOptions,
} from '../../support/rehearsal.ts';
import { STEPS } from './real-steps.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

const DRILLS = '5e2f1c0a9d3b7a4c8e6f0a02';
const PRODUCTION = '5e2f1c0a9d3b7a4c8e6f0a01';

async function open(options: RehearsalOptions = {}): Promise<Rehearsal> {
  return (rehearsal = await openRehearsal(options));
}

describe('the access that a runbook needs', () => {
  async function accessOf(parts: Record<string, string>, options: RehearsalOptions = {}) {
    const { atlas } = await open(options);
    return checkAccess(parseRunbook(runbookText(parts), 'test.yaml'), atlas);
  }
  const one = (all: readonly OperationAccess[], id: string, project?: string) =>
    all.find(
      ({ operationId, project: where }) => operationId === id && (project === undefined || where === project),
    );

  it('is tried where it only reads, and named where it changes', async () => {
    const all = await accessOf(STEPS);
    expect(one(all, 'getCluster', PRODUCTION)).toMatchObject({ access: 'allowed', neededBy: ['restore'] });
    for (const project of [PRODUCTION, DRILLS])
      expect(one(all, 'getGroup', project)).toMatchObject({ access: 'allowed', neededBy: ['restore'] });
    expect(one(all, 'listAlerts', DRILLS)).toMatchObject({
      access: 'allowed',
      neededBy: ['verification', 'ready/no alerts'],
    });
    expect(one(all, 'listDatabaseUsers', PRODUCTION)).toMatchObject({ access: 'allowed' });
    expect(one(all, 'createBackupRestoreJob')).toMatchObject({ effect: 'change', access: 'unknown' });
    expect(one(all, 'enableManagedSlowMs')?.message).toContain('Project Owner');
    expect(
      rehearsal?.simulator
        .requests()
        .filter(({ method }) => method !== 'GET')
        .map(({ operation }) => operation),
    ).toEqual(['oauthToken']);
  });

  it('is tried in each organization and for each team', async () => {
    const team = (name: string, organization: string, id: string) =>
      `{ name: ${name}, use: team, with: { organization: ${organization}, team: ${id}, atLeast: 1 } }`;
    const known = '5e2f1c0a9d3b7a4c8e6f0aff';
    const responders = '5e2f1c0a9d3b7a4c8e6f0b01';
    const steps = [
      team('one', known, responders),
      team('again', known, responders),
      team('other', known, 'e'.repeat(24)),
      team('elsewhere', 'f'.repeat(24), responders),
    ];
    const all = await accessOf({ ready: `[${steps.join(', ')}]` });
    const tried = all.filter(({ operationId }) => operationId === 'listTeamUsers');
    expect(tried.map(({ neededBy }) => neededBy)).toEqual([
      ['ready/one', 'ready/again'],
      ['ready/other'],
      ['ready/elsewhere'],
    ]);
  });

  it('finds out on the way what later operations ask with', async () => {
    const all = await accessOf(STEPS);
    for (const id of ['listGroupProcesses', 'listProcessDisks', 'getProcessDiskMeasurements']) {
      expect(one(all, id, DRILLS), id).toMatchObject({ access: 'allowed' });
    }
  });

  it('is refused with the role that is missing', async () => {
    const faults = [{ operation: 'listDatabaseUsers', status: 403, errorCode: 'USER_UNAUTHORIZED' }];
    const refused = one(await accessOf(STEPS, { faults }), 'listDatabaseUsers', DRILLS);
    expect(refused).toMatchObject({ access: 'refused' });
    expect(refused?.message).toContain('Project Read Only');
  });

  it('is unknown where Atlas hides the project, or is out of order', async () => {
    const faults = [
      { operation: 'listAlerts', status: 404, errorCode: 'GROUP_NOT_FOUND' },
      { operation: 'listDatabaseUsers', status: 500 },
    ];
    const all = await accessOf(STEPS, { faults });
    expect(one(all, 'listAlerts')).toMatchObject({ access: 'unknown' });
    expect(one(all, 'listDatabaseUsers')).toMatchObject({ access: 'unknown' });
  });

  it('of a flex cluster is to the flex operations, and of a sharded one to those of shards', async () => {
    const of = (cluster: string) => `{ project: ${PRODUCTION}, cluster: ${cluster} }`;
    const onto = (cluster: string) => `{ project: ${DRILLS}, cluster: ${cluster} }`;
    const flex = await accessOf({ source: of('sessions'), target: onto('sessions-drill') });
    expect(one(flex, 'listFlexBackupSnapshots')).toMatchObject({ access: 'allowed' });
    expect(one(flex, 'listBackupSnapshots')).toBeUndefined();
    await rehearsal?.close();
    const sharded = await accessOf({ source: of('events'), target: onto('events-drill') });
    expect(one(sharded, 'listBackupShardedClusters')).toMatchObject({ access: 'allowed' });
  });
});
