import type { SlowOperationThresholdWith } from '../runbooks/steps/slow-operation-threshold.ts';
import type { StepWork } from './step.ts';

/** Switches the threshold on, never in the source's project unless the runbook names it. Atlas answers the same when it is on. */
export const slowOperationThreshold: StepWork<SlowOperationThresholdWith> = {
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
