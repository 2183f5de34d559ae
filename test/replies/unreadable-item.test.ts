import { describe, expect, it } from 'vitest';
import { play } from './play.ts';
import { SCENARIOS } from './scenarios.ts';

const plays = new Map<string, ReturnType<typeof play>>();

/** How a scenario goes when everything can be read. */
function usual(name: string): ReturnType<typeof play> {
  const played = plays.get(name) ?? play(SCENARIOS[name] ?? { text: '' });
  plays.set(name, played);
  return played;
}

/** Plays a scenario on replies of which one field cannot be read. */
async function playWithout(name: string, operationId: string, path: string, from?: number) {
  const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const mutation = { operationId, path: keys, name: 'number', when: 'last', to: () => 7 } as const;
  const played = await play(SCENARIOS[name] ?? { text: '' }, {
    ...mutation,
    ...(from !== undefined && { from }),
  });
  expect(played.mutated).toBeGreaterThan(0);
  expect(played.faults).toEqual([]);
  return played.job;
}

describe('after the restore, what cannot be read', () => {
  it.each([
    ['the list of restore jobs', 'drill', 'listBackupRestoreJobs', 'results', 'no-other-restore'],
    ['the id of a restore job', 'drill', 'listBackupRestoreJobs', 'results.0.id', 'no-other-restore'],
    [
      'the target of a restore job',
      'drill',
      'listBackupRestoreJobs',
      'results.0.targetClusterName',
      undefined,
    ],
    ['the list of alerts', 'drill', 'listAlerts', 'results', 'no-new-alert'],
    ['the list of events', 'drill', 'listGroupEvents', 'results', 'restore-event'],
    ['the list of alerts of a cutover', 'cutover', 'listAlerts', 'results', 'no-new-alert'],
  ])(
    'makes at most its own check unknown: %s',
    { timeout: 120_000 },
    async (_, name, operationId, path, check) => {
      // The last list of restore jobs is read after the restore, like all alerts and events.
      const { replies } = await usual(name);
      const before = operationId === 'listBackupRestoreJobs' ? (replies.get(operationId) ?? 1) - 1 : 0;
      const { status, verdict, checks } = await playWithout(name, operationId, path, before);
      expect(status).toBe('SUCCEEDED');
      const unknown = checks.filter(({ outcome }) => outcome !== 'pass').map((one) => one.name);
      expect(unknown).toEqual(check === undefined ? [] : [check]);
      expect(verdict).toBe(check === undefined ? 'passed' : 'inconclusive');
    },
  );
});

describe('before the restore, what cannot be read of a cluster keeps it from being asked for', () => {
  it.each([
    'clusterType',
    'stateName',
    'paused',
    'backupEnabled',
    'encryptionAtRestProvider',
    'replicationSpecs',
  ])('%s', async (field) => {
    const job = await playWithout('drill', 'getCluster', field);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'GuardsFailedError' } });
    expect(job).not.toHaveProperty('restoreIntent');
  });
});
