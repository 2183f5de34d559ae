import { LifeboatError } from '../errors.ts';

/** A cluster that the runbook names does not exist, or the credentials can't see it. */
export class ClusterNotFoundError extends LifeboatError {
  override readonly name = 'ClusterNotFoundError';
  override readonly retryable = false;
}

/** The project of the target has no live migration of this id, or the credentials can't see it. */
export class MigrationNotFoundError extends LifeboatError {
  override readonly name = 'MigrationNotFoundError';
  override readonly retryable = false;
}
