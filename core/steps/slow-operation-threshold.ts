import * as z from 'zod';
import { projectId } from '../runbooks/fields.ts';
import type { StepKind } from './protocol/step-kind.ts';

const settings = z.strictObject({
  project: projectId.optional().describe('Project to switch it on in; absent: the project of the target'),
});

/** What `with` holds. */
export type SlowOperationThresholdWith = z.output<typeof settings>;

/**
 * Switches on Atlas's own threshold of slow operations, by which the query profiler judges the restored cluster. Never in
 * the source's project unless the runbook names it. Atlas answers the same when it is on.
 *
 * Doc: enable-managed-slow-operation-threshold.
 */
export const slowOperationThreshold: StepKind<SlowOperationThresholdWith> = {
  use: 'slow-operation-threshold',
  stages: ['after'],
  effect: 'change',
  destroys: false,
  operations: { enableManagedSlowMs: ['Project Owner'] },
  with: settings,
  summary: ({ project }, place) =>
    `Switch on the managed slow operation threshold of project ${project ?? (place.target ?? place.source)?.project ?? 'of the target'}`,

  async send({ project }, { atlas, target }) {
    const groupId = project ?? target?.project;
    if (groupId === undefined) {
      const message = 'The runbook names no target; name the project of the step. Nothing was done.';
      return { outcome: 'failed', message };
    }
    await atlas.performanceAdvisor.enableManagedSlowMs({ groupId });
    return {
      outcome: 'done',
      message: `The managed slow operation threshold of project ${groupId} is on.`,
      evidence: { project: groupId },
    };
  },
};
