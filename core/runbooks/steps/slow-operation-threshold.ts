import * as z from 'zod';
import { projectId } from '../fields.ts';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  project: projectId.optional().describe('Project to switch it on in; absent: the project of the target'),
});

/** What `with` holds. */
export type SlowOperationThresholdWith = z.output<typeof settings>;

/**
 * Switches on Atlas's own threshold of slow operations, by which the query profiler judges the restored cluster
 * (enable-managed-slow-operation-threshold).
 */
export const slowOperationThresholdKind = {
  use: 'slow-operation-threshold',
  stages: ['after'],
  effect: 'change',
  destroys: false,
  operations: ['enableManagedSlowMs'],
  with: settings,
  summary: ({ project }, place) =>
    `Switch on the managed slow operation threshold of project ${project ?? (place.target ?? place.source)?.project ?? 'of the target'}`,
} as const satisfies StepKind<SlowOperationThresholdWith>;
