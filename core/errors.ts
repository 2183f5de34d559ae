/** What an error tells the person who reads it, beside what happened. */
export interface ErrorAdvice {
  /** What was changed and what was not, for example "Nothing was changed." */
  readonly changed?: string;
  /** What to do next, as one sentence in the imperative. */
  readonly next?: string;
  readonly cause?: unknown;
}

/**
 * The base of every error that Lifeboat throws on purpose.
 *
 * `name` is a literal in each subclass, because a minifier renames classes and Step Functions matches
 * `Retry` and `Catch` by name. `retryable` says whether the same call may succeed later without a change.
 */
export abstract class LifeboatError extends Error {
  abstract override readonly name: string;
  abstract readonly retryable: boolean;
  readonly changed: string | undefined;
  readonly next: string | undefined;

  constructor(message: string, advice: ErrorAdvice = {}) {
    super(message, advice.cause === undefined ? undefined : { cause: advice.cause });
    this.changed = advice.changed;
    this.next = advice.next;
  }
}
