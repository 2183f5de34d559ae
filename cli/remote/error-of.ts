import { problemSchema } from '../../core/http/schemas/problem.ts';
import { visible, visibleIn } from '../../core/visible-text.ts';
import { RemoteFailedError, RemoteRefusedError } from './errors.ts';

/** What an API said when it did not say yes. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  /** Which API it is, for a person. */
  readonly place: string;
}

/** The error that an answer which is not good stands for, in the words of the API where they are Lifeboat's. */
export function errorOf({ status, text, place }: Refusal): RemoteRefusedError | RemoteFailedError {
  const told = problemSchema.safeParse(parsed(text));
  if (!told.success) return strangerError(status, visible(place));
  // Whoever answers at that address must not write lines of their own.
  const { detail, fields = [], changed, next, retryable = false, instance } = visibleIn(told.data);
  const lines = fields.map(({ field, message, line, column }) => {
    const where = line === undefined ? '' : `${line}:${column ?? 1}: `;
    return `  ${where}${field} ${message}`;
  });
  const request = instance === undefined ? '' : ` (${instance})`;
  const message = [`${detail}${request}`, ...lines].join('\n');
  const advice = { ...(changed !== undefined && { changed }), ...(next !== undefined && { next }) };
  return status < 500
    ? new RemoteRefusedError(message, advice)
    : new RemoteFailedError(message, retryable, advice);
}

/** API Gateway answers in its own words when it does not let a request through. */
function strangerError(status: number, place: string): RemoteRefusedError | RemoteFailedError {
  if (status === 401 || status === 403) {
    return new RemoteRefusedError(`${place} does not let you in: it answered ${status}.`, {
      changed: 'Nothing was changed.',
      next: 'Check LIFEBOAT_TOKEN; for an API on AWS the credentials, the region and --aws.',
    });
  }
  const retryable = status === 429 || status >= 500;
  return new RemoteFailedError(
    `${place} answered ${status} with something that is not Lifeboat’s.`,
    retryable,
    {
      next: retryable ? 'Try again in a while.' : 'Check the address in --remote.',
    },
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
