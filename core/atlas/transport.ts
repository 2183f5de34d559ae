import { Agent, type Dispatcher, request } from 'undici';
import type { Timeouts } from './timeouts.ts';

/** Bytes of a body. A page of 500 snapshots is about 1 MB. */
const LARGEST_BODY = 16 * 1024 * 1024;

/** What an error code of Node or undici means, as a clause. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EAI_AGAIN: 'the name could not be resolved',
  ENOTFOUND: 'the name could not be resolved',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the network',
  UND_ERR_CLOSED: 'the client is closed',
  UND_ERR_DESTROYED: 'the client is closed',
  UND_ERR_CONNECT_TIMEOUT: 'the connection took too long',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped half-way',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: `the answer is larger than ${LARGEST_BODY} bytes`,
};

/** One HTTP request, complete. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Takes a connection of its own. */
  readonly freshConnection: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** An answer with its headers; names in lower case, the first value of each. */
export interface HttpReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No answer. `sent` is false only when not one byte of the request can have left. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly sent: boolean;
  readonly tooLarge: boolean;
  /** What happened, as a clause. Comes partly from outside: redact it before it is shown. */
  readonly what: string;
}

/** HTTP, and nothing of Atlas. */
export interface Transport {
  /** One exchange. Never rejects: what goes wrong is an outcome. */
  exchange(request: HttpRequest): Promise<HttpReply | HttpFailure>;
  /** Aborts once `milliseconds` of the time that exchanges take have gone by: the machine's, where requests leave it. */
  deadline(milliseconds: number): AbortSignal;
  /** Lets what is under way finish, then closes every connection. */
  close(): Promise<void>;
}

/** Passes everything on, and notes the moment from which bytes may have left. */
function watchSending(handler: Dispatcher.DispatchHandler, started: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller, context) {
      started();
      handler.onRequestStart?.(controller, context);
    },
    onResponseStart: (controller, status, headers, message) =>
      handler.onResponseStart?.(controller, status, headers, message),
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  };
}

/** HTTP over undici, with timeouts in real time. */
export function createTransport(timeouts: Timeouts): Transport {
  const options = {
    connect: { timeout: timeouts.connect },
    headersTimeout: timeouts.headers,
    bodyTimeout: timeouts.body,
    maxResponseSize: LARGEST_BODY,
  };
  const shared = new Agent(options);
  // Without keep-alive: a connection that the server has just dropped would look like a lost reply.
  const fresh = new Agent({ ...options, pipelining: 0 });
  let closing: Promise<unknown> | undefined;

  async function exchange(wanted: HttpRequest): Promise<HttpReply | HttpFailure> {
    let sent = false;
    const agent = wanted.freshConnection ? fresh : shared;
    const dispatcher = agent.compose(
      (dispatch) => (opts, handler) =>
        dispatch(
          opts,
          watchSending(handler, () => (sent = true)),
        ),
    );
    const limit = AbortSignal.timeout(timeouts.exchange);
    try {
      const reply = await request(wanted.url, {
        dispatcher,
        method: wanted.method,
        headers: wanted.headers,
        body: wanted.body ?? null,
        signal: wanted.signal === undefined ? limit : AbortSignal.any([limit, wanted.signal]),
      });
      return {
        kind: 'reply',
        status: reply.statusCode,
        headers: firstValues(reply.headers),
        body: await textOf(reply),
      };
    } catch (error) {
      return failure(error, sent);
    }
  }

  return {
    exchange,
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    async close() {
      // undici refuses to close twice.
      closing ??= Promise.all([shared.close(), fresh.close()]);
      await closing;
    },
  };
}

/** The body. For a refusal the status says enough, so a body that breaks off there is no failure. */
async function textOf(reply: Dispatcher.ResponseData): Promise<string> {
  try {
    return await reply.body.text();
  } catch (error) {
    if (reply.statusCode >= 300) return '';
    throw error;
  }
}

function firstValues(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) flat[name.toLowerCase()] = first;
  }
  return flat;
}

function failure(error: unknown, sent: boolean): HttpFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const known = timedOut ? 'it took too long' : code === undefined ? undefined : CAUSES[code];
  const message = error instanceof Error ? error.message : 'unknown';
  return {
    kind: 'failure',
    sent,
    tooLarge: code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE',
    what: known ?? (code === undefined ? message : `${message} (${code})`),
  };
}
