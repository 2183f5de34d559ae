import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import { isMap } from '../runbooks/is-map.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import { projectOf, type StepKind } from '../steps/protocol/step-kind.ts';
import { KIND_BY_USE } from '../steps/kinds.ts';
import { stepsUnder, type RunbookStep } from '../runbooks/steps/step-lists.ts';
import { drillOfCampaign } from '../runbooks/drill-of-campaign.ts';
import type { CampaignRunbook } from '../runbooks/kinds/campaign.ts';
import type { CutoverRunbook } from '../runbooks/kinds/cutover.ts';
import type { PipelineRunbook } from '../runbooks/kinds/pipeline.ts';
import type { RestoreRunbook } from '../runbooks/kinds/restore.ts';
import { placeOf } from '../runbooks/place.ts';
import { operationOf } from '../atlas/resources.ts';

/** An operation that a runbook needs, and what is known of the parameters that it will be called with. */
export interface NeededCall {
  readonly operationId: string;
  /** `restore`, `cutover`, `verification`, `run`, or a step as `stage/name`. */
  readonly neededBy: string;
  readonly project?: string;
  /** Under the names of the Atlas Admin API; more than the operation takes. */
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Every operation that a runbook needs, in the order of the job.
 *
 * @param kind of the source, or of the target of a cutover, which decides between Atlas's backup APIs.
 */
export function neededCalls(runbook: Runbook, kind: ClusterKind): NeededCall[] {
  if (runbook.kind === 'campaign') return callsOfCampaign(runbook, kind);
  const steps = STAGES.flatMap((stage) =>
    stepsUnder(runbook, stage).flatMap((step) => callsOfStep(runbook, step, `${stage}/${step.name}`)),
  );
  return [...ownCalls(runbook, kind), ...steps];
}

/** Those of each of its drills, as far as the clusters are known, each onto the first of its targets. */
function callsOfCampaign(runbook: CampaignRunbook, kind: ClusterKind): NeededCall[] {
  const { sources, targets } = runbook;
  if ('tagged' in sources) {
    const { projects } = sources.tagged;
    return projects.map((project) => ({
      operationId: 'listClusters',
      neededBy: 'campaign',
      project,
      params: { groupId: project },
    }));
  }
  return sources.clusters.flatMap((source) =>
    targets.flatMap((target) => neededCalls(drillOfCampaign(runbook, { source, target }), kind)),
  );
}

function ownCalls(runbook: Exclude<Runbook, CampaignRunbook>, kind: ClusterKind): NeededCall[] {
  switch (runbook.kind) {
    case 'cutover':
      return callsOfCutover(runbook, kind);
    case 'pipeline':
      return callsOfPipeline(runbook);
    default:
      return [...callsOfRestore(runbook, kind), ...callsOfVerification(runbook)];
  }
}

function callsOfCutover(runbook: CutoverRunbook, kind: ClusterKind): NeededCall[] {
  const { migration, target, verification } = runbook;
  const { project } = target;
  const params = { groupId: project, liveMigrationId: migration };
  const own = (operationId: string) => call(operationId, 'cutover', target);
  const lists =
    kind === 'sharded'
      ? ['listBackupShardedClusters', 'getBackupShardedCluster']
      : ['listBackupSnapshots', 'getClusterBackupSnapshot'];
  return [
    own('getCluster'),
    ...['getGroupLiveMigration', 'cutoverMigration'].map((operationId) => ({
      operationId,
      neededBy: 'cutover',
      project,
      params,
    })),
    ...['takeSnapshots', ...lists].map(own),
    ...(verification.alerts ? callsOfAlerts(target) : []),
  ];
}

/** Where an export is named, the run may be gone, and the export is what is followed. */
function callsOfPipeline({ pipeline, source, export: exportId, resume }: PipelineRunbook): NeededCall[] {
  const { project, name, run } = pipeline;
  const params = { groupId: project, pipelineName: name, pipelineRunId: run };
  const neededBy = 'run';
  return [
    { operationId: 'getPipelineRun', neededBy, project, params },
    ...(resume ? [{ operationId: 'resumePipeline', neededBy, project, params }] : []),
    ...(exportId === undefined || source === undefined ? [] : [callOfExport(exportId, source, neededBy)]),
  ];
}

function callOfExport(exportId: string, { project, cluster }: ClusterRef, neededBy: string): NeededCall {
  const params = { groupId: project, clusterName: cluster, exportId };
  return { operationId: 'getBackupExport', neededBy, project, params };
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
    of(source)('getGroup'),
    ...(target === undefined ? [] : [read, 'getGroup'].map(of(target))),
    ...[...fresh, ...schedule, ...lists].map(of(source)),
  ];
}

function callsOfVerification({ source, target, verification }: RestoreRunbook): NeededCall[] {
  if (target === undefined) return [];
  return [
    ...(verification.alerts ? callsOfAlerts(target) : []),
    ...(verification.events
      ? [target, source].map((cluster) => call('listGroupEvents', 'verification', cluster))
      : []),
  ];
}

/** Few alerts name their cluster: the others are mapped by the project's clusters and processes. */
function callsOfAlerts(target: ClusterRef): NeededCall[] {
  return ['listAlerts', 'listClusters', 'listGroupProcesses'].map((id) => call(id, 'verification', target));
}

function call(operationId: string, neededBy: string, { project, cluster }: ClusterRef): NeededCall {
  return {
    operationId,
    neededBy,
    project,
    params: { groupId: project, clusterName: cluster, name: cluster },
  };
}

/** Any measurements will do for a try. */
const ANY_MEASUREMENT = { granularity: 'PT1M', period: 'PT1H' };

function callsOfStep(runbook: Runbook, step: RunbookStep, neededBy: string): NeededCall[] {
  const kind = KIND_BY_USE.get(step.use);
  if (kind === undefined) return [];
  const { source, target = source } = placeOf(runbook);
  if (target === undefined) return [];
  const settings = isMap(step.with) ? step.with : {};
  const named = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [kind.params?.[name] ?? name, value]),
  );
  const operations = Object.keys(kind.operations).filter(
    (one) => one !== 'getBackupExport' || 'export' in settings,
  );
  return placesOf(runbook, step, kind, target).flatMap(({ project, cluster }) =>
    operations.map((operationId) => {
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

/** The clusters that a step asks Atlas about. */
function placesOf(runbook: Runbook, step: RunbookStep, kind: StepKind, target: ClusterRef): ClusterRef[] {
  if (kind.asksAbout !== undefined) return clustersOf(runbook, kind.asksAbout, step.with);
  return [{ ...target, project: projectOf(kind, step.with, runbook) ?? target.project }];
}

/** Those of the clusters that the kind asks about, and of these those that the setting `on` names. */
function clustersOf(
  runbook: Runbook,
  asksAbout: readonly ('source' | 'target')[],
  settings: unknown,
): ClusterRef[] {
  const on = isMap(settings) && Array.isArray(settings.on) ? settings.on : asksAbout;
  const place = placeOf(runbook);
  return asksAbout
    .filter((role) => on.includes(role))
    .map((role) => place[role])
    .filter((cluster) => cluster !== undefined);
}
