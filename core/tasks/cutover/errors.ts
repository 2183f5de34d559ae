import { LifeboatError } from '../../errors.ts';

/** The migration was cut over by somebody else, before this job asked for it. */
export class MigrationCutOverError extends LifeboatError {
  override readonly name = 'MigrationCutOverError';
  override readonly retryable = false;
}

/** Atlas says that the migration failed before its cutover. */
export class MigrationFailedError extends LifeboatError {
  override readonly name = 'MigrationFailedError';
  override readonly retryable = false;
}

/** The 120 hours that Atlas gives a migration for its cutover are over. */
export class MigrationExpiredError extends LifeboatError {
  override readonly name = 'MigrationExpiredError';
  override readonly retryable = false;
}

/** The migration had been ready, and is not any more. It may be again in a moment. */
export class MigrationNotReadyError extends LifeboatError {
  override readonly name = 'MigrationNotReadyError';
  override readonly retryable = true;
}

/** The migration was not ready for its cutover after `timeouts.ready`. */
export class MigrationTimeLimitError extends LifeboatError {
  override readonly name = 'MigrationTimeLimitError';
  override readonly retryable = false;
}

/** Writes were stopped, and the cutover could not be asked for within `maxWriteStop`. */
export class WriteStopLimitError extends LifeboatError {
  override readonly name = 'WriteStopLimitError';
  override readonly retryable = false;
}

/** Atlas refused the cutover for a reason that waiting does not mend. */
export class CutoverRefusedError extends LifeboatError {
  override readonly name = 'CutoverRefusedError';
  override readonly retryable = false;
}

/** A request to cut over got no clear answer, and whether Atlas carries it out could not be found out. */
export class CutoverUnsettledError extends LifeboatError {
  override readonly name = 'CutoverUnsettledError';
  override readonly retryable = false;
}

/** Atlas says that the migration failed once its cutover had been asked for. */
export class CutoverFailedError extends LifeboatError {
  override readonly name = 'CutoverFailedError';
  override readonly retryable = false;
}

/** Atlas had not completed the cutover after `timeouts.cutover`. It may go on. */
export class CutoverTimeLimitError extends LifeboatError {
  override readonly name = 'CutoverTimeLimitError';
  override readonly retryable = false;
}

/** The snapshot after the cutover failed in Atlas. */
export class SnapshotFailedError extends LifeboatError {
  override readonly name = 'SnapshotFailedError';
  override readonly retryable = false;
}
