import { describe, expect, it } from 'vitest';
import { AtlasError } from '../../core/atlas/errors.ts';
import { backupsOf } from '../../core/backups/backups-of.ts';
import { planJob } from '../../core/commands/plan-job.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { PRACTICE_IDS } from '../../simulator/practice-ids.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../support/rehearsal.ts';

const FROM = PRACTICE_IDS.productionId;
const ONTO = PRACTICE_IDS.drillsId;
const SNAPSHOT = 'a00000000000000000000001';

/** A source `orders` with one snapshot, and a target `orders-drill`, each with what is said of it. */
interface Case {
  readonly source?: object;
  readonly snapshot?: object;
  readonly target?: object;
  readonly organization?: string;
  readonly guard: string;
  /** What Atlas answers to the request that the guard kept back. */
  readonly code: string;
}

const SHARDED = { kind: 'sharded', shards: 3 };
const FLEX = { kind: 'flex', usedGB: 1, diskGB: 5 };

const CASES: Readonly<Record<string, Case>> = {
  'another organization': {
    organization: PRACTICE_IDS.otherOrgId,
    guard: 'same-organization',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  'a free target': {
    target: { instanceSize: 'M0' },
    guard: 'target-not-free',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  'a sharded snapshot onto a replica set': {
    source: SHARDED,
    guard: 'same-kind',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  'a shard added since the snapshot': {
    source: SHARDED,
    snapshot: { shards: 2 },
    target: SHARDED,
    guard: 'same-shard-count',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  'another type of config server': {
    source: { ...SHARDED, configServer: 'DEDICATED' },
    target: SHARDED,
    guard: 'same-config-server',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  'a config server embedded since the snapshot': {
    source: SHARDED,
    snapshot: { configServer: 'DEDICATED' },
    target: SHARDED,
    guard: 'same-config-server',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  '7.0 onto 8.0 with an embedded config server': {
    source: { ...SHARDED, version: '7.0.25' },
    target: SHARDED,
    guard: 'same-config-server',
    code: 'CANNOT_RESTORE_TO_TARGET',
  },
  'flex of another major version': {
    source: { ...FLEX, version: '7.0.25' },
    target: FLEX,
    guard: 'same-major-version',
    code: 'TENANT_RESTORE_VERSION_MISMATCH',
  },
  'an older target than the snapshot': {
    source: { version: '7.0.25' },
    snapshot: { version: '8.0.1' },
    target: { version: '7.0.25' },
    guard: 'version-not-older',
    code: 'RESTORE_INITIATION_FAILED',
  },
  'an unencrypted snapshot of a source encrypted since': {
    source: { encryption: 'AWS' },
    snapshot: { encrypted: false },
    target: { encryption: 'AWS' },
    guard: 'encryption-compatible',
    code: 'INVALID_SNAPSHOT_RESTORE_ENCRYPTION',
  },
  'keys of another provider': {
    source: { encryption: 'AWS' },
    target: { encryption: 'GCP' },
    guard: 'encryption-compatible',
    code: 'INVALID_SNAPSHOT_RESTORE_ENCRYPTION',
  },
  'a paused target': {
    target: { paused: true },
    guard: 'target-not-paused',
    code: 'CLUSTER_PAUSED_CANNOT_RESTORE',
  },
  'backups that are off': {
    source: { backups: false },
    guard: 'source-has-backups',
    code: 'BACKUP_JOB_NOT_FOUND',
  },
  'a disk too small for the snapshot': {
    snapshot: { sizeGB: 60 },
    guard: 'disk-large-enough',
    code: 'RESTORE_INITIATION_FAILED',
  },
};

function worldOf({ source, snapshot, target, organization }: Case): unknown {
  const snapshots = [{ id: SNAPSHOT, ageHours: 30, ...snapshot }];
  return {
    projects: [
      { id: FROM, name: 'production', clusters: [{ name: 'orders', ...source, snapshots }] },
      {
        id: ONTO,
        name: 'drills',
        ...(organization !== undefined && { organization }),
        clusters: [{ name: 'orders-drill', ...target }],
      },
    ],
  };
}

const POLICY = { protectedClusters: [] };

/** The guards that do not pass in a plan; with the plan's own word on whether a run would begin. */
async function planned(text: string, { atlas, clock }: Rehearsal) {
  const runbook = parseRunbook(text, 'runbook.yaml');
  const plan = await planJob({ runbook, policy: POLICY, seed: 7 }, atlas, clock);
  return {
    ok: plan.ok,
    blocking: plan.guards.filter(({ outcome }) => outcome !== 'pass').map(({ name }) => name),
  };
}

describe('what Atlas refuses is found by a guard, in the plan and in the run', () => {
  it.each(Object.entries(CASES))('%s', async (_, one) => {
    const rehearsal = await openRehearsal({ world: worldOf(one) });
    try {
      const text = runbookText({ recoveryPoint: `{ snapshot: ${SNAPSHOT} }` });
      const plan = await planned(text, rehearsal);
      expect(plan.ok).toBe(false);
      expect(plan.blocking).toContain(one.guard);
      const { jobId } = await rehearsal.start(text);
      const job = await rehearsal.run(jobId);
      expect(job.failure).toMatchObject({ name: 'GuardsFailedError' });
      expect(rehearsal.simulator.restoreJobCount()).toBe(0);
      expect(await refusal(rehearsal)).toBe(one.code);
    } finally {
      await rehearsal.close();
    }
  });

  it('and nothing is refused that goes', async () => {
    const rehearsal = await openRehearsal({
      world: worldOf({ source: SHARDED, target: SHARDED, guard: '', code: '' }),
    });
    try {
      const text = runbookText({ recoveryPoint: `{ snapshot: ${SNAPSHOT} }` });
      expect(await planned(text, rehearsal)).toEqual({ ok: true, blocking: [] });
      expect(await refusal(rehearsal)).toBeUndefined();
    } finally {
      await rehearsal.close();
    }
  });
});

/** Atlas's code when the restore is asked for all the same; undefined when it takes the request. */
async function refusal({ atlas }: Rehearsal): Promise<string | undefined> {
  const backups = await backupsOf({ project: FROM, cluster: 'orders' }, atlas);
  const target = { project: ONTO, cluster: 'orders-drill' };
  try {
    await backups.startRestore({ delivery: 'automated', snapshotId: SNAPSHOT, target });
    return undefined;
  } catch (error) {
    if (error instanceof AtlasError) return error.errorCode;
    throw error;
  }
}

describe('a paused source', () => {
  const WORLD = {
    projects: [
      {
        id: FROM,
        name: 'production',
        clusters: [
          {
            name: 'orders',
            paused: true,
            pointInTime: true,
            snapshots: [{ ageHours: 26 }, { ageHours: 50 }],
          },
        ],
      },
      { id: ONTO, name: 'drills', clusters: [{ name: 'orders-drill' }] },
    ],
  };
  const hoursAgo = (hours: number, { clock }: Rehearsal) => Math.floor(clock.now() / 1000) - hours * 3600;
  const pointInTime = (utcSeconds: number) =>
    runbookText({ delivery: 'pointInTime', recoveryPoint: `{ pointInTime: { utcSeconds: ${utcSeconds} } }` });

  it.each<[string, (at: Rehearsal) => string, boolean]>([
    ['takes no fresh snapshot', () => runbookText({ recoveryPoint: '{ fresh: {} }' }), false],
    ['may have no point in time since its newest snapshot', (at) => pointInTime(hoursAgo(2, at)), false],
    ['has those before', (at) => pointInTime(hoursAgo(30, at)), true],
    ['has its snapshots', () => runbookText(), true],
  ])('%s', async (_, textOf, goes) => {
    const rehearsal = await openRehearsal({ world: WORLD });
    try {
      const text = textOf(rehearsal);
      const plan = await planned(text, rehearsal);
      expect(plan).toEqual({ ok: goes, blocking: goes ? [] : ['source-has-backups'] });
      const { jobId } = await rehearsal.start(text);
      const { failure } = await rehearsal.run(jobId);
      expect(failure?.name).toBe(goes ? undefined : 'GuardsFailedError');
      expect(rehearsal.simulator.restoreJobCount()).toBe(goes ? 1 : 0);
    } finally {
      await rehearsal.close();
    }
  });

  it('is refused by Atlas as well', async () => {
    const rehearsal = await openRehearsal({ world: WORLD });
    try {
      const backups = await backupsOf({ project: FROM, cluster: 'orders' }, rehearsal.atlas);
      await expect(backups.takeSnapshot('now', 1)).rejects.toMatchObject({
        errorCode: 'CANNOT_UPDATE_PAUSED_CLUSTER',
      });
      const late = { utcSeconds: hoursAgo(2, rehearsal) };
      const request = {
        delivery: 'pointInTime',
        pointInTime: late,
        target: { project: ONTO, cluster: 'orders-drill' },
      } as const;
      await expect(backups.startRestore(request)).rejects.toMatchObject({
        errorCode: 'INVALID_PIT_RESTORE_TIME',
      });
    } finally {
      await rehearsal.close();
    }
  });
});

describe('a point in time that a restore onto the source took out', () => {
  it('is found by the restore jobs of the source', async () => {
    const rehearsal = await openRehearsal({});
    try {
      const source = { project: FROM, cluster: 'orders' };
      const { atlas, clock } = rehearsal;
      const backups = await backupsOf(source, atlas);
      const [snapshot] = await backups.snapshots();
      await backups.startRestore({ delivery: 'automated', snapshotId: snapshot?.id ?? '', target: source });
      await clock.sleep(60_000);
      const now = Math.floor(clock.now() / 1000);
      const at = async (utcSeconds: number) => {
        const text = runbookText({
          delivery: 'pointInTime',
          recoveryPoint: `{ pointInTime: { utcSeconds: ${utcSeconds} } }`,
        });
        return (await planned(text, rehearsal)).blocking;
      };
      expect(await at(now - 30)).toContain('point-in-time-in-window');
      expect(await at(now - 300)).toEqual([]);
    } finally {
      await rehearsal.close();
    }
  });
});
