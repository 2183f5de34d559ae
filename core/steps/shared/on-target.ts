import type { ClusterRef } from '../../runbooks/cluster.ts';
import type { StepAnswer } from '../protocol/step-answer.ts';
import type { StepContext } from '../protocol/step-context.ts';

/** What a step does to the target of the job, or to its project. */
type Work<With> = (settings: With, target: ClusterRef, context: StepContext) => Promise<StepAnswer>;

/** The part of a step that is done to the target. In a job without one, which is a download, nothing is done. */
export function onTarget<With>(work: Work<With>) {
  return (settings: With, context: StepContext): Promise<StepAnswer> => {
    if (context.target !== undefined) return work(settings, context.target, context);
    return Promise.resolve({
      outcome: 'failed',
      message: 'The runbook names no target, so there is nothing to change. Nothing was done.',
    });
  };
}
