import { LifeboatError } from '../errors.ts';

/** The policy that was named cannot be read or is not one: nothing is started until it can. */
export class PolicyError extends LifeboatError {
  override readonly name = 'PolicyError';
  override readonly retryable = false;
}

/** The policy of this installation forbids what was to be started. */
export class PolicyRefusedError extends LifeboatError {
  override readonly name = 'PolicyRefusedError';
  override readonly retryable = false;
}
