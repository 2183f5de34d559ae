import {
  AtlasCredentialsError,
  AtlasReplyError,
  AtlasReplyLostError,
  AtlasUnreachableError,
} from './errors.ts';
import type { Redact } from './redact.ts';
import { refusal } from './reply.ts';
import type { PreparedCall } from './request.ts';
import type { HttpFailure, HttpReply } from './transport.ts';

/**
 * The error that the last outcome of a call amounts to, when that is not a yes.
 *
 * @param variables where the credentials come from; undefined when the call carried none of ours to refuse.
 */
export function errorOf(
  call: PreparedCall,
  outcome: HttpReply | HttpFailure,
  redact: Redact,
  variables: readonly string[] | undefined,
): Error {
  const hide: Redact = (text) => redact(text, call.secrets);
  if (outcome.kind === 'failure') return failureOf(call, outcome, hide);
  const refused = refusal(call, outcome, hide);
  if (outcome.status === 401 && variables !== undefined)
    return new AtlasCredentialsError(call, variables, refused);
  if (call.effect === 'change' && mayHaveArrived(outcome.status)) {
    return new AtlasReplyLostError(call, `Atlas answered ${outcome.status}`, refused);
  }
  return refused;
}

/**
 * Whether a change may have taken effect though it was answered with this status. A refusal is a 4xx; 408 and 499 tell of a request
 * that took too long or was given up on its way, and a redirect comes from what stands before Atlas, or follows what was done (303).
 */
function mayHaveArrived(status: number): boolean {
  return status < 400 || status === 408 || status >= 499;
}

function failureOf(call: PreparedCall, failure: HttpFailure, redact: Redact): Error {
  const what = redact(failure.what);
  if (failure.tooLarge) return new AtlasReplyError(call, what);
  // Not undici's own error: it may hold pieces of what was sent or received.
  const cause = new Error(what);
  if (failure.sent) return new AtlasReplyLostError(call, what, cause);
  return new AtlasUnreachableError(call, hostAndPort(call.url), what, cause);
}

/** Host and port, the port also where the URL leaves it out. */
export function hostAndPort(url: URL): string {
  return url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host;
}
