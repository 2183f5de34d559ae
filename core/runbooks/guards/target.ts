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
    { name: 'same-shard-count', ...sameShardCount(runbook, target, facts) },
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

function sameKind(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'both are of one kind';
  return whenSourceSeen(runbook, facts, doubt, (from) =>
    whenTargetSeen(target, facts, doubt, (onto) => {
      const message = `Source ${clusterName(runbook.source)} is ${KIND_WORDS[from.kind]} and target ${clusterName(target)} ${KIND_WORDS[onto.kind]}.`;
      return judged(from.kind === onto.kind, message, { source: from.kind, target: onto.kind });
    }),
  );
}

function sameShardCount(runbook: RestoreRunbook, target: ClusterRef, facts: GuardFacts): Outcome {
  const doubt = 'both have as many shards';
  return whenSourceSeen(runbook, facts, doubt, (from) =>
    whenTargetSeen(target, facts, doubt, (onto) => {
      const message = `Source ${clusterName(runbook.source)} has ${shards(from.shards)} and target ${clusterName(target)} ${shards(onto.shards)}.`;
      return judged(from.shards === onto.shards, message, { source: from.shards, target: onto.shards });
    }),
  );
}

/** Whether the target is in service at all. */
export function targetNotPaused(target: ClusterRef, facts: Pick<GuardFacts, 'target'>): Outcome {
  return whenTargetSeen(target, facts, 'it is paused', ({ paused }) => {
    const message = `Target ${clusterName(target)} is ${paused ? 'paused; resume it first' : 'not paused'}.`;
    return judged(!paused, message, { paused });
  });
}

/** Whether Atlas changes nothing about the target now. */
export function targetIdle(target: ClusterRef, facts: Pick<GuardFacts, 'target'>): Outcome {
  return whenTargetSeen(target, facts, 'it is at rest', ({ state }) => {
    const idle = state === 'IDLE';
    return judged(idle, `Target ${clusterName(target)} is ${state}${idle ? '' : ', not IDLE'}.`, { state });
  });
}

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

function shards(count: number): string {
  return count === 1 ? '1 shard' : `${count} shards`;
}
