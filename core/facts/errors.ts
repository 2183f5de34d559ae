import { LifeboatError } from '../errors.ts';

/** A cluster that the runbook names does not exist, or the credentials can't see it. */
export class ClusterNotFoundError extends LifeboatError {
  override readonly name = 'ClusterNotFoundError';
  override readonly retryable = false;
}
