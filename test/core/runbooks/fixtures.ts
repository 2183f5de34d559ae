import type { ClusterFacts } from '../../../core/runbooks/cluster.ts';
import type { GuardFacts, PointInTimeFacts } from '../../../core/runbooks/guards/facts.ts';
import type { RestoreRunbook } from '../../../core/runbooks/kinds/restore.ts';
import type { RecoveryPoint, SnapshotFacts } from '../../../core/runbooks/snapshot.ts';
import { parseRestore } from '../../support/restores.ts';

export const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';
export const DRILLS = '5e2f1c0a9d3b7a4c8e6f0a02';
export const ORGANIZATION = '5e2f1c0a9d3b7a4c8e6f0aff';
export const NOW = '2026-08-10T03:00:00.000Z';

/** A drill or a restore as the parser gives it, from the parts that matter to a test. JSON is YAML. */
export function runbook(parts: Readonly<Record<string, unknown>> = {}): RestoreRunbook {
  const written = {
    version: 1,
    kind: 'drill',
    name: 'orders',
    source: { project: PROJECT, cluster: 'orders' },
    target: { project: DRILLS, cluster: 'orders-drill' },
    recoveryPoint: { latest: {} },
    ...parts,
  };
  return parseRestore(JSON.stringify(written));
}

export function snapshot(parts: Partial<SnapshotFacts> = {}): SnapshotFacts {
  return {
    id: '650000000000000000000001',
    kind: 'replicaSet',
    status: 'completed',
    atlasStatus: 'completed',
    createdAt: '2026-08-10T00:00:00Z',
    expiresAt: '2026-08-17T00:00:00Z',
    version: '8.0.29',
    sizeBytes: 4 * 1024 ** 3,
    type: 'scheduled',
    shards: 1,
    encrypted: false,
    ...parts,
  };
}

export function cluster(parts: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    project: PROJECT,
    cluster: 'orders',
    kind: 'replicaSet',
    shards: 1,
    instanceSize: 'M30',
    version: '8.0.29',
    diskGB: 10,
    encryption: 'NONE',
    state: 'IDLE',
    paused: false,
    pointInTime: true,
    backups: true,
    ...parts,
  };
}

/** The window of a point in time after the snapshot of the fixtures, which is the newest. */
export function pointInTimeFacts(parts: Partial<PointInTimeFacts> = {}): PointInTimeFacts {
  return {
    from: '2026-08-03T00:00:00Z',
    to: '2026-08-10T02:59:00Z',
    before: snapshot(),
    newest: '2026-08-10T00:00:00.000Z',
    gaps: [],
    ...parts,
  };
}

export function pointOf(of: SnapshotFacts): RecoveryPoint {
  return { chosenBy: 'latest', time: of.createdAt, snapshot: of };
}

/** Facts with which every guard passes. */
export function goodFacts(parts: Partial<GuardFacts> = {}): GuardFacts {
  return {
    source: { seen: cluster() },
    target: { seen: cluster({ project: DRILLS, cluster: 'orders-drill' }) },
    sourceProject: { seen: { id: PROJECT, name: 'production', orgId: ORGANIZATION } },
    targetProject: { seen: { id: DRILLS, name: 'drills', orgId: ORGANIZATION } },
    openRestores: { seen: [] },
    recoveryPoint: pointOf(snapshot()),
    pointInTimeWindow: { seen: pointInTimeFacts() },
    openDownloads: { seen: [] },
    now: NOW,
    ...parts,
  };
}
