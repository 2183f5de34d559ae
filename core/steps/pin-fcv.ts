import { isoTime } from '../clock.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { PinFcvWith } from '../runbooks/steps/pin-fcv.ts';
import { onTarget } from './on-target.ts';
import type { StepWork } from './step.ts';
import { pinnedUntil } from './version-pin.ts';

/**
 * Pins the feature compatibility version. Of a pin that is there Atlas only moves the end, and never beyond four weeks
 * from its beginning.
 */
export const pinFcv: StepWork<PinFcvWith> = {
  send: onTarget(async (settings, target, { atlas, startedAt }) => {
    // Counted from the start of the step, so that a second request asks for the same.
    const end = Date.parse(startedAt) + settings.for * 1000;
    const until = isoTime(end);
    const before = await pinnedUntil(target, atlas);
    const what = `The feature compatibility version of ${clusterName(target)}`;
    if (Number.isNaN(before)) {
      const message = `${what} is pinned, until when Atlas does not say in a way that can be read. Nothing was changed.`;
      return { outcome: 'unknown', message };
    }
    if (before !== undefined && sameSecond(before, end)) {
      const message = `${what} was pinned until ${until} already.`;
      return { outcome: 'done', message, evidence: { until, already: true } };
    }
    await atlas.clusters.pinFeatureCompatibilityVersion({
      groupId: target.project,
      clusterName: target.cluster,
      body: { expirationDate: until },
    });
    const moved = before === undefined ? '' : `; it was pinned before, until ${isoTime(before)}`;
    return { outcome: 'done', message: `${what} is pinned until ${until}${moved}.`, evidence: { until } };
  }),
};

/** Atlas shows instants in whole seconds. */
function sameSecond(one: number, other: number): boolean {
  return Math.floor(one / 1000) === Math.floor(other / 1000);
}
