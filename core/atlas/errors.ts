import { visible } from '../visible-text.ts';
import { LifeboatError } from '../errors.ts';
import { nextStep, roleNeeded, waitsAndTriesAgain } from './advice.ts';
import type { Operation } from './operation.ts';

/** The call that an error is about. Holds nothing secret. */
export interface CallFacts {
  readonly operation: string;
  readonly effect: Operation['effect'];
  readonly roles: readonly string[];
  /** The operation and what it is about, for a person: `getCluster (cluster Orders)`. */
  readonly label: string;
}

/** What Atlas said when it refused. Every text is already free of secrets. */
export interface Refusal {
  readonly status: number;
  readonly errorCode?: string | undefined;
  readonly detail?: string | undefined;
  readonly parameters: readonly unknown[];
  readonly requestId?: string | undefined;
}

const REFUSED = 'Nothing was changed: Atlas refused the request.';
const NOTHING = 'Nothing was changed.';
const UNKNOWN = 'Unknown: Atlas may have carried the request out.';

/** Atlas answered, and the answer is no. */
export class AtlasError extends LifeboatError {
  override readonly name = 'AtlasError';
  override readonly retryable: boolean;
  /** The operation's id. */
  readonly operation: string;
  /** HTTP status. */
  readonly status: number;
  /** Atlas's word for it, such as `CLUSTER_NOT_FOUND`; some replies carry none. */
  readonly errorCode: string | undefined;
  /** Atlas's sentence about it. */
  readonly detail: string | undefined;
  /** What the sentence speaks of; strings, mostly. Empty where Atlas sends null. */
  readonly parameters: readonly unknown[];
  /** The id to give MongoDB's support. */
  readonly requestId: string | undefined;

  constructor(call: CallFacts, refusal: Refusal) {
    const { status, errorCode, detail } = refusal;
    super(
      `Atlas answered ${status}${errorCode === undefined ? '' : ` ${visible(errorCode)}`} to ${call.label}` +
        (detail === undefined ? '.' : `: ${visible(detail)}`),
      { changed: call.effect === 'read' ? NOTHING : REFUSED, next: nextStep(status, errorCode, call.roles) },
    );
    this.retryable = status === 408 || status === 429 || status >= 499 || waitsAndTriesAgain(errorCode);
    this.operation = call.operation;
    this.status = status;
    this.errorCode = errorCode;
    this.detail = detail;
    this.parameters = refusal.parameters;
    this.requestId = refusal.requestId;
  }
}

/**
 * The request went out and no usable answer came back: the connection broke, time ran out, or Atlas failed half-way
 * (5xx, 408, 499 or a redirect to a change; the `cause` is then the {@link AtlasError}). A change may have taken effect, so the client never
 * repeats it: look in Atlas first.
 */
export class AtlasReplyLostError extends LifeboatError {
  override readonly name = 'AtlasReplyLostError';
  /** True for a read. A change must not be repeated before looking. */
  override readonly retryable: boolean;
  readonly operation: string;

  constructor(call: CallFacts, what: string, cause: unknown) {
    const read = call.effect === 'read';
    super(`The answer to ${call.label} was lost: ${what}.`, {
      changed: read ? NOTHING : UNKNOWN,
      next: read ? 'Try again.' : 'Look in Atlas whether it took effect before trying again.',
      cause,
    });
    this.retryable = read;
    this.operation = call.operation;
  }
}

/** Nothing was sent: the name did not resolve, the connection was refused, or TLS did not come about. */
export class AtlasUnreachableError extends LifeboatError {
  override readonly name = 'AtlasUnreachableError';
  override readonly retryable = true;
  readonly operation: string;

  /** @param host with the port, such as `cloud.mongodb.com:443`. */
  constructor(call: CallFacts, host: string, what: string, cause?: unknown) {
    super(`Atlas could not be reached at ${host} for ${call.label}: ${what}.`, {
      changed: 'Nothing was changed: the request was never sent.',
      next: 'Check the network, the proxy and MONGODB_ATLAS_BASE_URL, then try again.',
      cause,
    });
    this.operation = call.operation;
  }
}

/** Atlas does not accept the credentials. */
export class AtlasCredentialsError extends LifeboatError {
  override readonly name = 'AtlasCredentialsError';
  override readonly retryable = false;

  /** @param variables the environment variables that hold the credentials. */
  constructor(call: CallFacts, variables: readonly string[], cause?: unknown) {
    const role = call.roles.length === 0 ? '' : ` ${call.operation} needs ${roleNeeded(call.roles)}.`;
    super(`Atlas did not accept the credentials for ${call.label}.`, {
      changed: NOTHING,
      next: `Check ${variables.join(' and ')}: the key may be mistyped, expired, deleted or of another Atlas.${role}`,
      cause,
    });
  }
}

/** A body that is no JSON is hardly Atlas's own; one that is differs from what its documents say. */
function readAdvice(what: string): string {
  return /^(it is|the answer is)/.test(what)
    ? 'Check that MONGODB_ATLAS_BASE_URL names Atlas and that no proxy answers in its place.'
    : 'Try again; if it stays so, report this message: Lifeboat does not know such an answer of Atlas.';
}

/** Atlas said yes, with a body that is not what the operation gives: not JSON, cut short, too large, or nonsense. */
export class AtlasReplyError extends LifeboatError {
  override readonly name = 'AtlasReplyError';
  /** True for a read. A change has most likely taken effect and must not be repeated before looking. */
  override readonly retryable: boolean;
  readonly operation: string;

  constructor(call: CallFacts, what: string) {
    const read = call.effect === 'read';
    super(`The answer to ${call.label} makes no sense: ${what}.`, {
      changed: read ? NOTHING : UNKNOWN,
      next: read ? readAdvice(what) : 'Look in Atlas whether it took effect before trying again.',
    });
    this.retryable = read;
    this.operation = call.operation;
  }
}

/** The call was given something Atlas would refuse. Nothing was sent. */
export class AtlasRequestError extends LifeboatError {
  override readonly name = 'AtlasRequestError';
  override readonly retryable = false;
  readonly operation: string;
  /** Every fault, each with the name of its parameter. */
  readonly faults: readonly string[];

  constructor(operation: string, faults: readonly string[], next = 'Correct the parameters.') {
    super(`${operation} cannot be asked for: ${faults.join('; ')}.`, {
      changed: 'Nothing was changed: the request was never sent.',
      next,
    });
    this.operation = operation;
    this.faults = faults;
  }
}

/** The environment does not say how to reach Atlas. */
export class AtlasSettingsError extends LifeboatError {
  override readonly name = 'AtlasSettingsError';
  override readonly retryable = false;

  constructor(message: string, next: string) {
    super(message, { changed: NOTHING, next });
  }
}

/** Whether the change that failed with this error may have taken effect, so that Atlas must be looked at first. */
export function mayHaveTakenEffect(error: unknown): boolean {
  return (error instanceof AtlasReplyLostError || error instanceof AtlasReplyError) && !error.retryable;
}
