import type { SlowOperationThresholdWith } from '../runbooks/steps/slow-operation-threshold.ts';
import type { StepWork } from './step.ts';

/** Switches the threshold on. Atlas answers the same when it is on already. */
export const slowOperationThreshold: StepWork<SlowOperationThresholdWith> = {
  async send({ project }, { atlas, source, target }) {
    const groupId = project ?? (target ?? source).project;
    await atlas.performanceAdvisor.enableManagedSlowMs({ groupId });
    return {
      outcome: 'done',
      message: `The managed slow operation threshold of project ${groupId} is on.`,
      evidence: { project: groupId },
    };
  },
};
