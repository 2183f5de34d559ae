import { LifeboatError } from '../../errors.ts';

/**
 * Atlas knows no such pipeline or run. It has withdrawn its data lake pipelines, so that the name may well be right, and the
 * runbook names no snapshot export job to follow instead.
 */
export class PipelineGoneError extends LifeboatError {
  override readonly name = 'PipelineGoneError';
  override readonly retryable = false;
}

/** Atlas no longer knows the run, or the snapshot export job, that the job followed: how it ended is not known. */
export class PipelineOutcomeUnknownError extends LifeboatError {
  override readonly name = 'PipelineOutcomeUnknownError';
  override readonly retryable = false;
}

/** A request to let a pipeline go on got no clear answer. It is safe to repeat. */
export class PipelineResumeUnsettledError extends LifeboatError {
  override readonly name = 'PipelineResumeUnsettledError';
  override readonly retryable = true;
}

/** Atlas says that the run, or the snapshot export job, failed or was cancelled. */
export class PipelineRunFailedError extends LifeboatError {
  override readonly name = 'PipelineRunFailedError';
  override readonly retryable = false;
}

/** Atlas has deleted the data set of the run, so there is nothing left to check. */
export class PipelineDatasetDeletedError extends LifeboatError {
  override readonly name = 'PipelineDatasetDeletedError';
  override readonly retryable = false;
}

/** The run was not done after `timeouts.run`. It may go on in Atlas. */
export class PipelineTimeLimitError extends LifeboatError {
  override readonly name = 'PipelineTimeLimitError';
  override readonly retryable = false;
}
