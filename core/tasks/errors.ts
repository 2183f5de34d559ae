import { LifeboatError } from '../errors.ts';
import type { JobFailure } from '../jobs/job.ts';
import { jsonText } from '../visible-text.ts';

/** The guards stopped the job before anything was changed. */
export class GuardsFailedError extends LifeboatError {
  override readonly name = 'GuardsFailedError';
  override readonly retryable = false;
}

/** No snapshot fits what the runbook asks for. */
export class NoRecoveryPointError extends LifeboatError {
  override readonly name = 'NoRecoveryPointError';
  override readonly retryable = false;
}

/** Atlas refused the restore for a reason that waiting does not mend. */
export class RestoreRefusedError extends LifeboatError {
  override readonly name = 'RestoreRefusedError';
  override readonly retryable = false;
}

/** A request to restore got no clear answer, and whether Atlas took it could not be found out. */
export class RestoreUnsettledError extends LifeboatError {
  override readonly name = 'RestoreUnsettledError';
  override readonly retryable = false;
}

/** A request for an on-demand snapshot got no clear answer, and Atlas shows no such snapshot. */
export class SnapshotUnsettledError extends LifeboatError {
  override readonly name = 'SnapshotUnsettledError';
  override readonly retryable = false;
}

/** Atlas says that the restore failed, expired or was cancelled. It gives no reason. */
export class RestoreFailedError extends LifeboatError {
  override readonly name = 'RestoreFailedError';
  override readonly retryable = false;
}

/** Atlas no longer knows the restore job, and nothing else says how the restore ended. */
export class RestoreOutcomeUnknownError extends LifeboatError {
  override readonly name = 'RestoreOutcomeUnknownError';
  override readonly retryable = false;
}

/** The restore was done, but a check failed. */
export class VerificationFailedError extends LifeboatError {
  override readonly name = 'VerificationFailedError';
  override readonly retryable = false;
}

/** Drills of a campaign failed, or did not begin. */
export class DrillsFailedError extends LifeboatError {
  override readonly name = 'DrillsFailedError';
  override readonly retryable = false;
}

/** The guards and the steps of `ready` were not through after `timeouts.guards`. */
export class GuardsTimeLimitError extends LifeboatError {
  override readonly name = 'GuardsTimeLimitError';
  override readonly retryable = false;
}

/** A snapshot had not completed after `timeouts.snapshot`. */
export class SnapshotTimeLimitError extends LifeboatError {
  override readonly name = 'SnapshotTimeLimitError';
  override readonly retryable = false;
}

/** Atlas had not finished the restore after `timeouts.restore`. The restore may go on. */
export class RestoreTimeLimitError extends LifeboatError {
  override readonly name = 'RestoreTimeLimitError';
  override readonly retryable = false;
}

/** The target had not settled after `verification.settle`. */
export class VerificationTimeLimitError extends LifeboatError {
  override readonly name = 'VerificationTimeLimitError';
  override readonly retryable = false;
}

/** The job was not done after `timeouts.job`. */
export class JobTimeLimitError extends LifeboatError {
  override readonly name = 'JobTimeLimitError';
  override readonly retryable = false;
}

/** A step of the runbook failed, or could not look. */
export class StepFailedError extends LifeboatError {
  override readonly name = 'StepFailedError';
  override readonly retryable = false;
}

/** A step of the runbook was not done within its time. */
export class StepTimeoutError extends LifeboatError {
  override readonly name = 'StepTimeoutError';
  override readonly retryable = false;
}

/** Somebody who was asked to approve the job said no. */
export class ApprovalRejectedError extends LifeboatError {
  override readonly name = 'ApprovalRejectedError';
  override readonly retryable = false;
}

/** Nobody, or too few people, approved the job in time. Silence means no. */
export class ApprovalExpiredError extends LifeboatError {
  override readonly name = 'ApprovalExpiredError';
  override readonly retryable = false;
}

/** Somebody cancelled the job. */
export class JobCancelledError extends LifeboatError {
  override readonly name = 'JobCancelledError';
  override readonly retryable = false;
}

/** The job has failed in another process that worked on it. */
export class JobHasFailedError extends LifeboatError {
  override readonly name = 'JobHasFailedError';
  override readonly retryable = false;
}

/** The report could not be written where reports are kept. */
export class ReportUnwritableError extends LifeboatError {
  override readonly name = 'ReportUnwritableError';
  override readonly retryable = true;
}

type WireFailure = Omit<JobFailure, 'at'>;

/**
 * An error as it leaves a task. Step Functions matches `Retry` by name alone, so what is worth another try is renamed to
 * `RetryableTaskError`; the message is JSON, because name and message are all that reaches the `Catch`. AWS prints it in the
 * function's log and in the console of Step Functions, so nothing in it is hidden.
 */
export class TaskError extends Error {
  override readonly name: string;

  constructor(cause: unknown) {
    const failure = failureOf(cause);
    super(jsonText(failure), { cause });
    this.name = cause instanceof LifeboatError && cause.retryable ? 'RetryableTaskError' : failure.name;
  }
}

function failureOf(cause: unknown): WireFailure {
  if (cause instanceof LifeboatError) {
    return {
      name: cause.name,
      message: cause.message,
      ...(cause.changed !== undefined && { changed: cause.changed }),
      ...(cause.next !== undefined && { next: cause.next }),
    };
  }
  return {
    name: 'InternalError',
    message: `Lifeboat itself failed: ${cause instanceof Error ? cause.message : String(cause)}`,
    next: 'Report this message with the timeline of the job, and with the log of the function on AWS, before running it again.',
  };
}

/** What a `Catch` received, read back. Errors of the engine itself (a time-out, say) are put into words. */
export function failureFrom(caught: { readonly Error: string; readonly Cause: string }): WireFailure {
  const text = errorMessageOf(caught.Cause);
  try {
    const parsed = JSON.parse(text) as Partial<WireFailure> | null;
    if (typeof parsed?.name === 'string' && typeof parsed.message === 'string') {
      const { name, message, changed, next } = parsed;
      return {
        name,
        message,
        ...(changed !== undefined && { changed }),
        ...(next !== undefined && { next }),
      };
    }
  } catch {
    // Not one of ours: an error of the engine, in its own words.
  }
  return { name: caught.Error, message: `A step of the workflow failed: ${caught.Error}. ${text}`.trim() };
}

/** On AWS the cause is Lambda's JSON with the message inside; on one machine it is the message. */
function errorMessageOf(cause: string): string {
  try {
    const parsed = JSON.parse(cause) as { errorMessage?: unknown } | null;
    return typeof parsed?.errorMessage === 'string' ? parsed.errorMessage : cause;
  } catch {
    return cause;
  }
}
