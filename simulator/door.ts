import type { Clock } from '../core/clock.ts';
import { answerApi, type ApiContext, errorReply, header, type Incoming } from './api.ts';
import { ApiError, errorBody } from './api-error.ts';
import { INBOX, type FaultRule, type Faults } from './faults.ts';
import { jsonReply, type Reply } from './http-types.ts';
import { answerPractice, practiceOperation } from './practice-api.ts';
import { findRoute } from './router.ts';
import type { RequestRecord } from './records.ts';

const TOKEN_PATH = '/api/oauth/token';

/** What becomes of a request: a reply, one that breaks off in the middle of its body, or none. */
export type Answer =
  { readonly kind: 'reply' | 'truncated'; readonly reply: Reply } | { readonly kind: 'cut' };

/** What answers are made of; the context is asked for with each request, since it may know a port. */
export interface DoorParts {
  readonly clock: Clock;
  readonly speed: number;
  readonly faults: Faults;
  readonly context: () => ApiContext;
  /** Ends delays when the simulator closes. */
  readonly closing: AbortSignal;
  readonly record: (request: RequestRecord) => void;
}

/** The way in: every request goes through it, over HTTP or from the same process. */
export async function answerIncoming(parts: DoorParts, incoming: Incoming): Promise<Answer> {
  const { operation, route } = destinationOf(incoming);
  const practice = practiceOperation(incoming.method, incoming.path);
  const fault = practice === undefined || practice === INBOX ? parts.faults.next(operation) : undefined;
  if (fault?.delay !== undefined) await parts.clock.sleep(fault.delay * 1000, parts.closing);
  const reply = fault?.reset
    ? undefined
    : faultyReply(fault, () => answer(parts, incoming, operation, route));
  const cut = reply === undefined || fault?.lostReply === true;
  // Recorded before the reply leaves, so that a client that has it finds it here.
  parts.record({ method: incoming.method, path: incoming.target, operation, status: cut ? 0 : reply.status });
  if (cut) return { kind: 'cut' };
  return { kind: fault?.truncate === true ? 'truncated' : 'reply', reply };
}

/** The reply with what a fault makes of it; only a status without its effect leaves the answer out. */
function faultyReply(fault: FaultRule | undefined, answered: () => Reply): Reply {
  if (fault?.status !== undefined) {
    if (fault.afterEffect) answered();
    const code = fault.errorCode ?? 'UNEXPECTED_ERROR';
    return jsonReply(fault.status, errorBody(fault.status, code, 'A fault was asked for.'), {
      'X-Error-Code': code,
      ...(fault.retryAfter !== undefined && { 'Retry-After': String(fault.retryAfter) }),
    });
  }
  const reply = answered();
  const html = '<html><body>We will be back soon</body></html>';
  return fault?.nonsense ? { status: 200, headers: { 'content-type': 'text/html' }, body: html } : reply;
}

/** MongoDB's operationId of a request, `oauthToken`, a `simulator…` name, or `unknown`. */
export function operationName(incoming: Pick<Incoming, 'method' | 'path'>): string {
  return destinationOf(incoming).operation;
}

type Found = ReturnType<typeof findRoute>;

/** Where a request goes: the name of its operation and, where that is one of the Admin API, its route. */
function destinationOf({ method, path }: Pick<Incoming, 'method' | 'path'>): {
  readonly operation: string;
  readonly route: Found;
} {
  const other = path === TOKEN_PATH ? 'oauthToken' : practiceOperation(method, path);
  if (other !== undefined) return { operation: other, route: undefined };
  const route = findRoute(method, path);
  return { operation: typeof route === 'object' ? route.operation.id : 'unknown', route };
}

function answer(parts: DoorParts, incoming: Incoming, operation: string, route: Found): Reply {
  const now = parts.clock.now();
  const context = parts.context();
  if (operation === 'oauthToken') {
    if (incoming.method !== 'POST')
      return errorReply(new ApiError('METHOD_NOT_ALLOWED', incoming.method), {});
    const authorization = header(incoming, 'authorization');
    return context.auth.token({ ...incoming, authorization }, incoming.body, now);
  }
  if (incoming.path.startsWith('/simulator/') && operation !== 'unknown') {
    return answerPractice(context, operation, incoming, now, parts.speed);
  }
  if (route === 'methodNotAllowed')
    return errorReply(new ApiError('METHOD_NOT_ALLOWED', incoming.method), {});
  return answerApi(context, incoming, route, now);
}
