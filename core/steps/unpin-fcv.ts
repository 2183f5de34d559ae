import * as z from 'zod';
import { clusterName } from '../runbooks/cluster.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { neverSent } from './shared/never-sent.ts';
import { onTarget } from './shared/on-target.ts';
import { pinnedUntil } from './shared/version-pin.ts';

const settings = z.strictObject({});

/** What `with` holds: nothing. */
export type UnpinFcvWith = z.output<typeof settings>;

/**
 * Unpins the feature compatibility version of the target. Not if the job was to pin it and never did: the pin is somebody
 * else's then.
 *
 * Doc: unpin-feature-compatibility-version-for-one-cluster-in-one-project.
 */
export const unpinFcv: StepKind<UnpinFcvWith> = {
  use: 'unpin-fcv',
  stages: ['cleanup'],
  effect: 'change',
  destroys: false,
  operations: { getCluster: ['Project Read Only'], unpinFeatureCompatibilityVersion: ['Project Owner'] },
  with: settings,
  summary: (_settings, { target }) =>
    `Unpin the feature compatibility version of ${target?.cluster ?? 'the target'}`,

  send: onTarget(async (_settings, target, { atlas, job }) => {
    const what = `The feature compatibility version of ${clusterName(target)}`;
    if (neverSent(job, 'pin-fcv')) {
      const message = `${what} was never pinned by this job; there is nothing to undo.`;
      return { outcome: 'done', message, evidence: { nothingToUndo: true } };
    }
    if ((await pinnedUntil(target, atlas)) === undefined) {
      return { outcome: 'done', message: `${what} was not pinned.`, evidence: { already: true } };
    }
    await atlas.clusters.unpinFeatureCompatibilityVersion({
      groupId: target.project,
      clusterName: target.cluster,
    });
    return { outcome: 'done', message: `${what} is no longer pinned.` };
  }),
};
