import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Authorizer } from './authorizer.ts';
import { AtlasUnreachableError } from './errors.ts';
import { errorOf, hostAndPort } from './outcome.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Redact } from './redact.ts';
import type { PreparedCall } from './request.ts';
import { retryDelay } from './retry.ts';
import type { HttpFailure, HttpReply, Transport } from './transport.ts';

/** One HTTP exchange that has ended. Holds nothing secret. */
export interface RequestRecord {
  /** The operation's id, or `fetchToken`. */
  readonly operation: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** By the clock handed in. */
  readonly milliseconds: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** When Atlas declared this version of the operation outdated: the `Deprecation` header. */
  readonly deprecation?: string;
  /** When this version of the operation ends: the `Sunset` header. */
  readonly sunset?: string;
}

/** What sending needs. */
export interface SendContext {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: RateLimits;
  readonly redact: Redact;
  readonly onRequest: (record: RequestRecord) => void;
  /** Milliseconds of the transport's time that one call of a change may take. */
  readonly changeTimeout: number;
}

/**
 * Sends a request until there is an answer that says yes, as often as its effect allows.
 *
 * @param authorizer absent for the request that fetches a token.
 * @throws AtlasError, AtlasReplyLostError, AtlasUnreachableError, AtlasCredentialsError, AtlasReplyError
 */
export async function send(
  context: SendContext,
  call: PreparedCall,
  authorizer?: Authorizer,
): Promise<HttpReply> {
  const deadline = call.effect === 'change' ? context.transport.deadline(context.changeTimeout) : undefined;
  for (let attempt = 1; ; attempt += 1) {
    if (call.promptly !== true) {
      await pause(call, (signal) => context.limits.turn(call.operation, signal), deadline);
    }
    const outcome = await attemptOnce(context, call, { attempt, authorizer, deadline });
    if (outcome.kind === 'reply' && outcome.status >= 200 && outcome.status < 300) return outcome;
    const { clock, random } = context;
    const facts = { effect: call.effect, attempt, now: clock.now(), random };
    const delay = call.promptly === true ? undefined : retryDelay(outcome, facts);
    if (delay === undefined) throw errorOf(call, outcome, context.redact, authorizer?.variables);
    try {
      await clock.sleep(delay, deadline);
    } catch {
      throw errorOf(call, outcome, context.redact, authorizer?.variables);
    }
  }
}

interface Attempt {
  readonly attempt: number;
  readonly authorizer: Authorizer | undefined;
  readonly deadline: AbortSignal | undefined;
}

/** One attempt, with as many proofs of who asks as the authorizer finds worth giving. A 401 carries nothing out. */
async function attemptOnce(
  context: SendContext,
  call: PreparedCall,
  now: Attempt,
): Promise<HttpReply | HttpFailure> {
  const { authorizer, deadline } = now;
  for (let refusals = 1; ; refusals += 1) {
    const authorization = await pause(
      call,
      () =>
        authorizer?.authorization(call.method, call.url.pathname + call.url.search) ??
        Promise.resolve(undefined),
      deadline,
    );
    const started = context.clock.now();
    const outcome = await context.transport.exchange({
      method: call.method,
      url: call.url,
      headers: {
        'user-agent': 'lifeboat',
        ...call.headers,
        ...(authorization === undefined ? {} : { authorization }),
      },
      body: call.body,
      freshConnection: call.effect === 'change',
      signal: deadline,
    });
    record(context, call, outcome, { attempt: now.attempt, milliseconds: context.clock.now() - started });
    if (outcome.kind === 'failure') return outcome;
    context.limits.learn(call.operation, outcome.headers);
    if (outcome.status !== 401) return outcome;
    if (authorizer?.refused(authorization, outcome.headers['www-authenticate'], refusals) !== true)
      return outcome;
  }
}

/**
 * Does what comes before the request is sent, for no longer than the deadline allows.
 *
 * @throws AtlasUnreachableError when time runs out: nothing was sent.
 */
async function pause<Result>(
  call: PreparedCall,
  work: (signal: AbortSignal | undefined) => Promise<Result>,
  deadline: AbortSignal | undefined,
): Promise<Result> {
  const tooLate = () =>
    new AtlasUnreachableError(call, hostAndPort(call.url), 'there was no time left to send the request');
  if (deadline === undefined) return work(undefined);
  if (deadline.aborted) throw tooLate();
  let stop: () => void = () => undefined;
  const timeUp = new Promise<never>((_, reject) => {
    stop = () => {
      reject(tooLate());
    };
    deadline.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(deadline), timeUp]);
  } catch (error) {
    // A sleep that the deadline has cut short ends with the signal's own error.
    throw error === deadline.reason ? tooLate() : error;
  } finally {
    deadline.removeEventListener('abort', stop);
  }
}

function record(
  context: SendContext,
  call: PreparedCall,
  outcome: HttpReply | HttpFailure,
  counted: Pick<RequestRecord, 'attempt' | 'milliseconds'>,
): void {
  const headers = outcome.kind === 'reply' ? outcome.headers : {};
  const { deprecation, sunset } = headers;
  try {
    context.onRequest({
      operation: call.operation,
      method: call.method,
      path: call.url.pathname,
      status: outcome.kind === 'reply' ? outcome.status : undefined,
      ...counted,
      ...(deprecation === undefined ? {} : { deprecation }),
      ...(sunset === undefined ? {} : { sunset }),
    });
  } catch {
    // Whoever watches must not be able to lose the reply to a change.
  }
}
