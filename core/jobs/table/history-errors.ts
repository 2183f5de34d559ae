import { LifeboatError } from '../../errors.ts';
import { HistoryUnavailableError } from '../errors.ts';

/**
 * What a failed call to the table means to the caller: an error of Lifeboat's own as it is, anything else as
 * HistoryUnavailableError with the reason that DynamoDB or the network gave.
 */
export function historyError(error: unknown, tableName: string): LifeboatError {
  if (error instanceof LifeboatError) return error;
  return new HistoryUnavailableError(
    `The history (table ${tableName}) could not be reached: ${reasonOf(error)}`,
    {
      changed: 'The last write to the history may or may not have arrived; writing it again is safe.',
      next: 'Check that the table exists and may be read and written, then try again. A job that this stopped goes on with: lifeboat jobs resume',
      // A client's error may carry the whole request, access key and all; what is safe of it goes on.
      cause: error instanceof Error ? { name: error.name, message: error.message } : undefined,
    },
  );
}

/** Why a call to AWS failed, as its client or the network says: one clause with the name of the error. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node gives no message when every address of a host refused: the reasons are inside.
  const text =
    error.message === '' && error instanceof AggregateError
      ? error.errors.map(reasonOf).join('; ')
      : error.message;
  return `${error.name === 'Error' ? '' : `${error.name}: `}${text}`;
}
