import type { CheckResult } from '../runbooks/check.ts';
import type { Stage } from '../runbooks/steps/stages.ts';
import { stepsUnder, type RunbookStep } from '../runbooks/steps/step-lists.ts';
import type { Job } from './job.ts';
import { secondsBetween } from '../clock.ts';
import type { StepRecord, StepStatus } from './step-record.ts';

/** A step of a job's runbook, and what the job keeps of it. */
export interface StepOfJob {
  readonly stage: Stage;
  /** `stage/name`, under which the job keeps it. */
  readonly key: string;
  readonly step: RunbookStep;
  /** Absent until the step begins. */
  readonly record?: StepRecord | undefined;
}

/** The steps of a stage, in the order in which they run. */
export function stepsOf(job: Pick<Job, 'runbook' | 'steps'>, stage: Stage): StepOfJob[] {
  return stepsUnder(job.runbook, stage).map((step) => {
    const key = `${stage}/${step.name}`;
    return { stage, key, step, record: job.steps[key] };
  });
}

/** What a step says that was under way when its job ended. */
export const UNKNOWN_AT_THE_END = 'Its result was not known when the job was closed.';

/**
 * The steps of a job that ends: what was under way has no known result, and none will be recorded any more.
 *
 * @param at ISO 8601 UTC, when the job ended.
 */
export function stepsAtEnd({ steps }: Pick<Job, 'steps'>, at: string): Job['steps'] {
  return Object.fromEntries(
    Object.entries(steps).map(([key, record]) => [
      key,
      record.status === 'running'
        ? {
            ...record,
            status: 'unknown' as const,
            endedAt: at,
            seconds: Math.max(0, secondsBetween(record.startedAt, at)),
            message: UNKNOWN_AT_THE_END,
          }
        : record,
    ]),
  );
}

/** Whether nothing more will be done for a step. */
export function hasEnded({ record }: StepOfJob): boolean {
  return record !== undefined && record.status !== 'running';
}

/** Whether the way a step ended fails the job. One that could not look is treated as the runbook treats guards. */
export function failsJob({ record, step }: StepOfJob, { guards }: Job['runbook']): boolean {
  if (record?.status === 'unknown') return step.onFailure === 'stop' && guards.unknown === 'stop';
  return record?.status === 'failed';
}

/** The steps of `verify` that have ended, as checks of the job. */
export function stepChecks(job: Pick<Job, 'runbook' | 'steps'>): CheckResult[] {
  return stepsOf(job, 'verify').flatMap(({ step, record }) => {
    const outcome = record === undefined ? undefined : OUTCOMES[record.status];
    return record === undefined || outcome === undefined ? [] : [checkOf(step.name, outcome, record)];
  });
}

const OUTCOMES: Readonly<Record<StepStatus, CheckResult['outcome'] | undefined>> = {
  running: undefined,
  done: 'pass',
  failed: 'fail',
  warned: 'fail',
  unknown: 'unknown',
};

function checkOf(name: string, outcome: CheckResult['outcome'], record: StepRecord): CheckResult {
  const { status, message = '', evidence } = record;
  return {
    name,
    outcome,
    message: status === 'warned' ? `${message} The runbook takes this as a warning.` : message,
    ...(evidence !== undefined && { evidence }),
  };
}
