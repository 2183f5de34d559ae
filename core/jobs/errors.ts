import { LifeboatError } from '../errors.ts';

/** No job has this id. */
export class JobNotFoundError extends LifeboatError {
  override readonly name = 'JobNotFoundError';
  override readonly retryable = false;
}

/** A job with this id is there already. */
export class JobExistsError extends LifeboatError {
  override readonly name = 'JobExistsError';
  override readonly retryable = false;
}

/** Somebody else wrote the job between this task's read and write. Reading again and repeating settles it. */
export class JobConflictError extends LifeboatError {
  override readonly name = 'JobConflictError';
  override readonly retryable = true;
}

/** The job has ended: its timeline is closed, and nothing more is recorded of its work. */
export class JobClosedError extends LifeboatError {
  override readonly name = 'JobClosedError';
  override readonly retryable = false;
}

/** A job would go on in another Atlas than the one it began in. */
export class OtherAtlasError extends LifeboatError {
  override readonly name = 'OtherAtlasError';
  override readonly retryable = false;
}

/** Another job works on this target. */
export class LeaseHeldError extends LifeboatError {
  override readonly name = 'LeaseHeldError';
  override readonly retryable = false;
}

/** A page cursor that this query did not give. */
export class BadCursorError extends LifeboatError {
  override readonly name = 'BadCursorError';
  override readonly retryable = false;
}

/** The history could not be read or written: a full disk, an unwritable home, a table out of reach. */
export class HistoryUnavailableError extends LifeboatError {
  override readonly name = 'HistoryUnavailableError';
  override readonly retryable = true;
}

/** The history was taken away from a process that was using it: its home was removed, moved or replaced. */
export class HistoryLostError extends LifeboatError {
  override readonly name = 'HistoryLostError';
  override readonly retryable = false;
}

/** The history is not as Lifeboat wrote it: a file or an item of it is missing, cut or changed. */
export class HistoryDamagedError extends LifeboatError {
  override readonly name = 'HistoryDamagedError';
  override readonly retryable = false;
}
