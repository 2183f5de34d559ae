import * as z from 'zod';
import { isoTime } from '../clock.ts';
import { clusterName } from '../runbooks/cluster.ts';
import { duration } from '../runbooks/fields.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { onTarget } from './shared/on-target.ts';
import { pinnedUntil } from './shared/version-pin.ts';

/** Four weeks in seconds: the longest that Atlas keeps a version pinned. */
const LONGEST = 4 * 7 * 24 * 3600;

const settings = z.strictObject({
  for: duration
    .refine((seconds) => seconds <= LONGEST, 'is longer than Atlas keeps a version pinned (4w)')
    .describe('How long it stays pinned if nothing unpins it, at most 4w'),
});

/** What `with` holds; `for` in seconds. */
export type PinFcvWith = z.output<typeof settings>;

/**
 * Pins the feature compatibility version of the target while the drill runs. Of a pin that is there Atlas only moves the
 * end, and never beyond four weeks from its beginning.
 *
 * Doc: pin-feature-compatibility-version-for-one-cluster-in-one-project.
 */
export const pinFcv: StepKind<PinFcvWith> = {
  use: 'pin-fcv',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: { getCluster: ['Project Read Only'], pinFeatureCompatibilityVersion: ['Project Owner'] },
  with: settings,
  summary: (_settings, { target }) =>
    `Pin the feature compatibility version of ${target?.cluster ?? 'the target'}`,

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
