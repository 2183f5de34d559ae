import * as z from 'zod';
import type { AtlasClient } from '../atlas/client.ts';
import { AtlasError } from '../atlas/errors.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { deleteUnlessGone } from './shared/already.ts';
import { onTarget } from './shared/on-target.ts';
import { unlessMissing } from './shared/seeing.ts';

const settings = z.strictObject({});

/** What `with` holds: nothing. */
export type DeleteSearchNodesWith = z.output<typeof settings>;

const LOOK_AGAIN_SECONDS = 20;

/** What Atlas answers, with 400 or 404, when a cluster has no search nodes. */
const NO_SEARCH_NODES = 'ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST';

/**
 * Deletes the search nodes of a drill's target, and waits until they are gone.
 *
 * Doc: delete-search-nodes.
 */
export const deleteSearchNodes: StepKind<DeleteSearchNodesWith> = {
  use: 'delete-search-nodes',
  stages: ['cleanup'],
  effect: 'change',
  destroys: {
    what: 'the search nodes of the target',
    name: (_settings, { target }) => target?.cluster ?? '',
  },
  operations: {
    deleteClusterSearchDeployment: ['Project Cluster Manager'],
    getClusterSearchDeployment: ['Project Read Only'],
  },
  with: settings,
  summary: (_settings, { target }) => `Delete the search nodes of ${target?.cluster ?? 'the target'}`,

  send: onTarget(async (_settings, target, { atlas, resent }) => {
    const remove = () => atlas.search.deleteClusterSearchDeployment(parametersOf(target));
    const change = await unlessNone(() => deleteUnlessGone(remove));
    if (change === 'made') return deleting(target);
    if (await hasSearchNodes(target, atlas)) {
      // An earlier request of this step may be what Atlas is still carrying out.
      if (resent) return deleting(target);
      return {
        outcome: 'failed',
        message: `Atlas answered 404 to the delete, yet lists search nodes of ${clusterName(target)}. Look at the cluster in Atlas.`,
      };
    }
    return {
      outcome: 'done',
      message: `${clusterName(target)} had no search nodes; there was nothing to delete.`,
      evidence: { already: true },
    };
  }),

  look: onTarget(async (_settings, target, { atlas }) => {
    if (await hasSearchNodes(target, atlas)) return deleting(target);
    return { outcome: 'done', message: `The search nodes of ${clusterName(target)} are gone.` };
  }),
};

async function hasSearchNodes(target: ClusterRef, atlas: AtlasClient): Promise<boolean> {
  const read = () => atlas.search.getClusterSearchDeployment(parametersOf(target));
  const deployment = await unlessNone(() => unlessMissing(read));
  // Version 2025-03-12 answers with an empty document where there are no nodes. Any field at all means that there are some.
  return deployment !== undefined && Object.keys(deployment).length > 0;
}

function deleting(target: ClusterRef): StepAnswer {
  return {
    outcome: 'wait',
    sent: true,
    waitSeconds: LOOK_AGAIN_SECONDS,
    message: `Atlas is deleting the search nodes of ${clusterName(target)}.`,
  };
}

function parametersOf(target: ClusterRef) {
  return { groupId: target.project, clusterName: target.cluster };
}

async function unlessNone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AtlasError && error.errorCode === NO_SEARCH_NODES) return undefined;
    throw error;
  }
}
