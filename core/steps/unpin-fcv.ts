import { clusterName } from '../runbooks/cluster.ts';
import type { UnpinFcvWith } from '../runbooks/steps/unpin-fcv.ts';
import { onTarget } from './on-target.ts';
import type { StepWork } from './step.ts';
import { pinnedUntil } from './version-pin.ts';

/** Unpins the feature compatibility version. */
export const unpinFcv: StepWork<UnpinFcvWith> = {
  send: onTarget(async (_settings, target, { atlas }) => {
    const what = `The feature compatibility version of ${clusterName(target)}`;
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
