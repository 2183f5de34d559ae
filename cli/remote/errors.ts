import { LifeboatError, type ErrorAdvice } from '../../core/errors.ts';

/** The API of `--remote` understood what was asked for, and refuses it. */
export class RemoteRefusedError extends LifeboatError {
  override readonly name = 'RemoteRefusedError';
  override readonly retryable = false;
}

/** The API of `--remote` was not reached, failed, or is none of Lifeboat's. */
export class RemoteFailedError extends LifeboatError {
  override readonly name = 'RemoteFailedError';
  override readonly retryable: boolean;

  constructor(message: string, retryable: boolean, advice: ErrorAdvice) {
    super(message, advice);
    this.retryable = retryable;
  }
}
