import type { CheckResult } from '../check.ts';
import { type ClusterKind, clusterName, type ClusterRef } from '../cluster.ts';
import type { RestoreRunbook } from '../kinds/restore.ts';
import { projectName } from '../project.ts';
import type { GuardFacts } from './facts.ts';
import { judged, type Outcome, unknown, whenSeen, whenSourceSeen, whenTargetSeen } from './outcomes.ts';

/** Whether the target is built like the source and at rest. */
export function targetGuards(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): CheckResult[] {
  return [
    { name: 'same-organization', ...sameOrganization(runbook, target, facts) },
    { name: 'same-kind', ...sameKind(runbook, target, facts) },
    { name: 'target-not-free', ...targetNotFree(target, facts) },
    { name: 'target-not-paused', ...targetNotPaused(target, facts) },
    { name: 'target-idle', ...targetIdle(target, facts) },
    { name: 'target-not-being-restored', ...targetNotBeingRestored(target, facts) },
  ];
}

/**
 * Atlas restores into another organization only through its own interface, never through the API: the note at the top of
 * https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-snapshot/. `createBackupRestoreJob` answers 403
 * `CANNOT_RESTORE_TO_TARGET`. The organization is `orgId` of `getGroup`.
 */
function sameOrganization({ source }: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  if (source.project === target.project) {
    const message = `Source and target are in one project, ${source.project}, and so in one organization.`;
    return judged(true, message, { project: source.project });
  }
  const doubt = 'both projects are in one organization';
  return whenSeen(facts.sourceProject, `Source project ${source.project}`, doubt, (from) =>
    whenSeen(facts.targetProject, `Target project ${target.project}`, doubt, (onto) => {
      const silent = [from, onto].find(({ orgId }) => orgId === undefined);
      if (from.orgId === undefined || onto.orgId === undefined)
        return unknown(`Atlas does not give the organization of project ${silent?.id ?? ''}`, doubt);
      const same = from.orgId === onto.orgId;
      const message = same
        ? `Source and target projects are both in organization ${from.orgId}.`
        : `Source project ${projectName(from)} is in organization ${from.orgId}, and target project ${projectName(onto)} in organization ${onto.orgId}: the Atlas API restores within one organization only.`;
      return judged(same, message, { source: from.orgId, target: onto.orgId });
    }),
  );
}

const KIND_WORDS: Readonly<Record<ClusterKind, string>> = {
  replicaSet: 'a replica set',
  sharded: 'a sharded cluster',
  flex: 'a flex cluster',
};

/**
 * "Atlas can't restore a sharded cluster snapshot to a replica set", and flex has an API of its own
 * (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-snapshot/). Before a snapshot is chosen, the source tells
 * which kind its snapshots are of.
 */
function sameKind(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'both are of one kind';
  const judge = (what: string, kind: ClusterKind | undefined) =>
    whenTargetSeen(target, facts, doubt, (onto) => {
      if (kind === undefined)
        return unknown(
          `Atlas does not tell which kind of cluster source ${clusterName(runbook.source)} is`,
          doubt,
        );
      if (onto.kind === undefined)
        return unknown(`Atlas does not tell which kind of cluster target ${clusterName(target)} is`, doubt);
      const message = `${what} is ${KIND_WORDS[kind]} and target ${clusterName(target)} ${KIND_WORDS[onto.kind]}.`;
      return judged(kind === onto.kind, message, { source: kind, target: onto.kind });
    });
  const snapshot = facts.recoveryPoint?.snapshot;
  const source = `Source ${clusterName(runbook.source)}`;
  return whenSourceSeen(runbook, facts, doubt, (from) =>
    snapshot === undefined || snapshot.kind === from.kind
      ? judge(source, from.kind)
      : judge(`What snapshot ${snapshot.id} was taken of`, snapshot.kind),
  );
}

/**
 * "This feature is not available for M0 clusters" (https://www.mongodb.com/docs/atlas/backup/cloud-backup/restore-from-snapshot/).
 * A free cluster says so by `instanceSize` of its hardware.
 */
function targetNotFree(target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'it is a free cluster, onto which nothing is restored';
  return whenTargetSeen(target, facts, doubt, ({ kind, instanceSize }) => {
    const name = clusterName(target);
    if (kind === 'flex') return judged(true, `Target ${name} is a flex cluster, not a free one.`, { kind });
    if (instanceSize === undefined) return unknown(`Atlas does not tell the tier of target ${name}`, doubt);
    const free = instanceSize === 'M0';
    const message = free
      ? `Target ${name} is a free cluster (M0), onto which Atlas restores nothing.`
      : `Target ${name} is of tier ${instanceSize}.`;
    return judged(!free, message, { instanceSize });
  });
}

/**
 * Whether the target is in service at all: Atlas restores onto no paused cluster (400 `CLUSTER_PAUSED_CANNOT_RESTORE` of
 * `createBackupRestoreJob`).
 */
export function targetNotPaused(target: ClusterRef, facts: Pick<GuardFacts, 'target'>): Outcome {
  const doubt = 'it is paused';
  return whenTargetSeen(target, facts, doubt, ({ paused }) => {
    if (paused === undefined)
      return unknown(`Atlas does not tell whether target ${clusterName(target)} is in service`, doubt);
    const message = `Target ${clusterName(target)} is ${paused ? 'paused; resume it first' : 'not paused'}.`;
    return judged(!paused, message, { paused });
  });
}

/** Whether Atlas changes nothing about the target now (`stateName` of `getCluster`). */
export function targetIdle(target: ClusterRef, facts: Pick<GuardFacts, 'target'>): Outcome {
  const doubt = 'it is at rest';
  return whenTargetSeen(target, facts, doubt, ({ state }) => {
    if (state === undefined)
      return unknown(`Atlas does not tell the state of target ${clusterName(target)}`, doubt);
    const idle = state === 'IDLE';
    return judged(idle, `Target ${clusterName(target)} is ${state}${idle ? '' : ', not IDLE'}.`, { state });
  });
}

/** Atlas has one restore onto a cluster at a time (409 `ATLAS_CLUSTER_RESTORE_IN_PROGRESS` of `createBackupRestoreJob`). */
function targetNotBeingRestored(target: ClusterRef, facts: GuardFacts): Outcome {
  const name = clusterName(target);
  const doubt = 'another restore is overwriting it now';
  return whenSeen(facts.openRestores, `The restore jobs onto target ${name}`, doubt, (ids) => {
    const open = ids.length > 0;
    const message = open
      ? `Target ${name} is being restored already, by ${ids.join(', ')}.`
      : `No restore onto target ${name} is under way.`;
    return judged(!open, message, { openRestores: ids.length });
  });
}
