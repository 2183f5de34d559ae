import type { Job } from '../../jobs/job.ts';
import { stepsOf, type StepOfJob } from '../../jobs/steps.ts';
import { STAGES } from '../../runbooks/steps/stages.ts';

const GROUPS = [
  ['done', (one: StepOfJob) => one.record?.status === 'done'],
  ['under way', (one: StepOfJob) => one.record?.status === 'running'],
  ['failed', (one: StepOfJob) => one.record?.status === 'failed' || one.record?.status === 'warned'],
  ['could not look', (one: StepOfJob) => one.record?.status === 'unknown'],
  ['not begun', (one: StepOfJob) => one.record === undefined],
] as const;

/**
 * Which steps of which stages are done and which are not, as sentences; empty while no step has begun.
 * A stage in which no step has begun is left out.
 */
export function stepsSoFar(job: Pick<Job, 'runbook' | 'steps'>): string {
  return STAGES.map((stage) => stepsOf(job, stage))
    .filter((steps) => steps.some(({ record }) => record !== undefined))
    .map((steps) => `Steps of ${steps[0]?.stage ?? ''}: ${groups(steps)}.`)
    .join(' ');
}

function groups(steps: readonly StepOfJob[]): string {
  return GROUPS.map(([word, belongs]) => [word, steps.filter(belongs).map(({ step }) => step.name)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([word, names]) => `${word}: ${names.join(', ')}`)
    .join('; ');
}
