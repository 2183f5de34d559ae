import { clusterName } from '../runbooks/cluster.ts';
import type { UnpinFcvWith } from '../runbooks/steps/unpin-fcv.ts';
import { neverSent } from './never-sent.ts';
import { onTarget } from './on-target.ts';
import type { StepWork } from './step.ts';
import { pinnedUntil } from './version-pin.ts';

/** Unpins the feature compatibility version, unless the job was to pin it and never did: the pin is somebody else's then. */
export const unpinFcv: StepWork<UnpinFcvWith> = {
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
