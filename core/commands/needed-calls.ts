import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import { isMap } from '../runbooks/is-map.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { projectOf, STAGES } from '../runbooks/steps/kind.ts';
import { KIND_BY_USE } from '../runbooks/steps/kinds.ts';
import { stepsUnder, type RunbookStep } from '../runbooks/steps/step-schema.ts';
import type { RestoreRunbook } from '../runbooks/kinds/restore.ts';
import { placeOf } from '../runbooks/place.ts';
import { operationOf } from '../atlas/resources.ts';

/** An operation that a runbook needs, and what is known of the parameters that it will be called with. */
export interface NeededCall {
  readonly operationId: string;
  /** `restore`, `verification`, or a step as `stage/name`. */
  readonly neededBy: string;
  readonly project?: string;
  /** Under the names of the Atlas Admin API; more than the operation takes. */
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Every operation that a runbook needs, in the order of the job.
 *
 * @param kind of the source, which decides between Atlas's backup APIs.
 */
export function neededCalls(runbook: Runbook, kind: ClusterKind): NeededCall[] {
  const steps = STAGES.flatMap((stage) =>
    stepsUnder(runbook, stage).flatMap((step) => callsOfStep(runbook, step, `${stage}/${step.name}`)),
  );
  const own =
    runbook.kind === 'cutover' || runbook.kind === 'pipeline'
      ? []
      : [...callsOfRestore(runbook, kind), ...callsOfVerification(runbook)];
  return [...own, ...steps];
}

function callsOfRestore(runbook: RestoreRunbook, kind: ClusterKind): NeededCall[] {
  const { source, target } = runbook;
  const flex = kind === 'flex';
  const read = flex ? 'getFlexCluster' : 'getCluster';
  const lists = flex
    ? ['listFlexBackupSnapshots', 'listFlexRestoreJobs', 'createFlexRestoreJob', 'getFlexRestoreJob']
    : [
        kind === 'sharded' ? 'listBackupShardedClusters' : 'listBackupSnapshots',
        'listBackupRestoreJobs',
        'createBackupRestoreJob',
        'getBackupRestoreJob',
      ];
  const fresh = 'fresh' in runbook.recoveryPoint ? ['takeSnapshots'] : [];
  const schedule = runbook.delivery === 'pointInTime' ? ['getBackupSchedule'] : [];
  const of = (cluster: ClusterRef) => (operationId: string) => call(operationId, 'restore', cluster);
  return [
    of(source)(read),
    ...(target === undefined ? [] : [of(target)(read)]),
    ...[...fresh, ...schedule, ...lists].map(of(source)),
  ];
}

function callsOfVerification({ source, target, verification }: RestoreRunbook): NeededCall[] {
  if (target === undefined) return [];
  return [
    ...(verification.alerts ? [call('listAlerts', 'verification', target)] : []),
    ...(verification.events
      ? [target, source].map((cluster) => call('listGroupEvents', 'verification', cluster))
      : []),
  ];
}

function call(operationId: string, neededBy: string, { project, cluster }: ClusterRef): NeededCall {
  return {
    operationId,
    neededBy,
    project,
    params: { groupId: project, clusterName: cluster, name: cluster },
  };
}

/** Kinds that compare the target with the source, and so look at both. */
const ON_BOTH: ReadonlySet<string> = new Set([
  'alerts',
  'auditing',
  'database-users',
  'events',
  'measurements',
]);

/** What the settings of steps are called in the Atlas Admin API. */
const NAMES: Readonly<Record<string, string>> = {
  organization: 'orgId',
  team: 'teamId',
  apiKey: 'apiUserId',
  address: 'ipAddress',
  provider: 'cloudProvider',
  service: 'endpointServiceId',
  endpoint: 'endpointId',
  peer: 'peerId',
  federation: 'federationSettingsId',
};

/** Any measurements will do for a try. */
const ANY_MEASUREMENT = { granularity: 'PT1M', period: 'PT1H' };

function callsOfStep(runbook: Runbook, step: RunbookStep, neededBy: string): NeededCall[] {
  const kind = KIND_BY_USE.get(step.use);
  if (kind === undefined) return [];
  const { source, target = source } = placeOf(runbook);
  if (target === undefined) return [];
  const settings = isMap(step.with) ? step.with : {};
  const named = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [NAMES[name] ?? name, value]),
  );
  const own = projectOf(kind, step.with, runbook);
  const places = ON_BOTH.has(step.use)
    ? clustersOf(runbook, settings)
    : [{ ...target, project: own ?? target.project }];
  return places.flatMap(({ project, cluster }) =>
    kind.operations.map((operationId) => {
      const inProject = 'groupId' in operationOf(operationId).params.shape;
      return {
        operationId,
        neededBy,
        ...(inProject && { project }),
        params: { ...ANY_MEASUREMENT, ...named, groupId: project, clusterName: cluster },
      };
    }),
  );
}

/** Both clusters, or those that the setting `on` names. */
function clustersOf(runbook: Runbook, { on }: Readonly<Record<string, unknown>>): ClusterRef[] {
  const { source, target } = placeOf(runbook);
  const wanted = (name: string) => !Array.isArray(on) || on.includes(name);
  return [
    ...(source !== undefined && wanted('source') ? [source] : []),
    ...(target !== undefined && wanted('target') ? [target] : []),
  ];
}
