import { LifeboatError } from '../../core/errors.ts';
import { reasonOf } from '../../core/jobs/table/history-errors.ts';

/** A service of AWS that a function needs did not do what it was asked. */
export class AwsServiceError extends LifeboatError {
  override readonly name = 'AwsServiceError';
  override readonly retryable = true;
}

/**
 * Runs a call to a service of AWS, and says what its failure means. The SDK has repeated by then what is worth it.
 *
 * @param what it was to do, as an infinitive, for example `read the secret X`.
 * @throws AwsServiceError
 */
export async function asking<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new AwsServiceError(`It was not possible to ${what}: ${reasonOf(error)}`, {
      next: 'See whether the service is up, and whether the function may do this.',
      // An error of HTTP may carry the request, signature and all; what is safe of it goes on.
      cause: error instanceof Error ? { name: error.name, message: error.message } : undefined,
    });
  }
}
