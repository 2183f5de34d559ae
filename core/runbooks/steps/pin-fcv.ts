import * as z from 'zod';
import { duration } from '../fields.ts';
import type { StepKind } from './kind.ts';

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
 * Pins the feature compatibility version of the target while the drill runs
 * (pin-feature-compatibility-version-for-one-cluster-in-one-project).
 */
export const pinFcvKind = {
  use: 'pin-fcv',
  stages: ['before'],
  effect: 'change',
  destroys: false,
  operations: ['getCluster', 'pinFeatureCompatibilityVersion'],
  with: settings,
  summary: (_settings, { target }) =>
    `Pin the feature compatibility version of ${target?.cluster ?? 'the target'}`,
} as const satisfies StepKind<PinFcvWith>;
