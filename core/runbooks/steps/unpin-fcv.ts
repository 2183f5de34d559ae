import * as z from 'zod';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({});

/** What `with` holds: nothing. */
export type UnpinFcvWith = z.output<typeof settings>;

/**
 * Unpins the feature compatibility version of the target
 * (unpin-feature-compatibility-version-for-one-cluster-in-one-project).
 */
export const unpinFcvKind = {
  use: 'unpin-fcv',
  stages: ['cleanup'],
  effect: 'change',
  destroys: false,
  operations: ['getCluster', 'unpinFeatureCompatibilityVersion'],
  with: settings,
  summary: (_settings, { target }) =>
    `Unpin the feature compatibility version of ${target?.cluster ?? 'the target'}`,
} as const satisfies StepKind<UnpinFcvWith>;
