import {
  Agent as HttpAgent,
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { CAUSES, LARGEST_BODY } from './failure-causes.ts';
import type { Timeouts } from './timeouts.ts';
import type { HttpFailure, HttpReply, HttpRequest, Transport } from './transport.ts';

type Outcome = HttpReply | HttpFailure;

/** How far an exchange has come. */
interface Progress {
  /** Bytes of the request may have left. */
  sent: boolean;
  tooLarge: boolean;
  /** What it means when nothing happens for too long now. */
  waitingFor: string;
  /** Why we ended it ourselves. */
  ended?: string;
}

/**
 * The same as transport.ts, over what Node has built in. Where code is loaded again and again, as on Lambda, the 200 KB of
 * undici are a good part of each cold start, and its pools are of no use. The bundler puts this in its place; the tests of
 * sending run with both.
 */
export function createTransport(timeouts: Timeouts): Transport {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };
  const running = new Set<Promise<Outcome>>();
  let closed = false;

  async function exchange(wanted: HttpRequest): Promise<Outcome> {
    if (closed) return { kind: 'failure', sent: false, tooLarge: false, what: 'the client is closed' };
    const isTls = wanted.url.protocol === 'https:';
    const exchanged = exchangeOnce(wanted, isTls, isTls ? agents['https:'] : agents['http:'], timeouts);
    running.add(exchanged);
    return exchanged.finally(() => running.delete(exchanged));
  }

  return {
    exchange,
    deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
    async close() {
      closed = true;
      await Promise.all(running);
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

async function exchangeOnce(
  wanted: HttpRequest,
  isTls: boolean,
  shared: HttpAgent | HttpsAgent,
  timeouts: Timeouts,
): Promise<Outcome> {
  const limit = AbortSignal.timeout(timeouts.exchange);
  const progress: Progress = {
    sent: false,
    tooLarge: false,
    waitingFor: 'the connection took too long',
  };
  const begun = (isTls ? requestHttps : requestHttp)(wanted.url, {
    method: wanted.method,
    headers: { ...wanted.headers, 'content-length': Buffer.byteLength(wanted.body ?? '') },
    // Without keep-alive: a connection that the server has just dropped would look like a lost reply.
    agent: wanted.freshConnection ? false : shared,
    timeout: timeouts.connect,
    signal: wanted.signal === undefined ? limit : AbortSignal.any([limit, wanted.signal]),
  });
  try {
    const answer = await answerOf(begun, wanted, { isTls, progress, timeouts });
    const body = await bodyOf(answer, progress);
    const { statusCode = 0, headers } = answer;
    return { kind: 'reply', status: statusCode, headers: firstValues(headers), body };
  } catch (error) {
    begun.destroy();
    return failure(error, progress);
  }
}

interface Watched {
  readonly isTls: boolean;
  readonly progress: Progress;
  readonly timeouts: Timeouts;
}

/** Sends the request, and gives the answer once its headers are there. */
function answerOf(
  begun: ClientRequest,
  { body }: HttpRequest,
  { isTls, progress, timeouts }: Watched,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    begun.on('timeout', () => begun.destroy(endedBy(progress.waitingFor, progress)));
    begun.on('socket', (socket) => {
      const begin = () => {
        progress.sent = true;
        progress.waitingFor = 'no answer came in time';
        socket.setTimeout(timeouts.headers);
      };
      // Nothing leaves before the connection stands, TLS included.
      if (begun.reusedSocket) begin();
      else socket.once(isTls ? 'secureConnect' : 'connect', begin);
    });
    begun.on('response', (answer) => {
      progress.waitingFor = 'the answer stopped half-way';
      answer.socket.setTimeout(timeouts.body);
      resolve(answer);
    });
    // Stays, since a request that has its answer may still fail.
    begun.on('error', reject);
    begun.end(body);
  });
}

/** The body. For a refusal the status says enough, so a body that breaks off there is no failure. */
async function bodyOf(answer: IncomingMessage, progress: Progress): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      bytes += (chunk as Buffer).length;
      progress.tooLarge = bytes > LARGEST_BODY;
      if (progress.tooLarge) throw endedBy(`the answer is larger than ${LARGEST_BODY} bytes`, progress);
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString();
  } catch (error) {
    if ((answer.statusCode ?? 0) >= 300) return '';
    throw error;
  }
}

function endedBy(what: string, progress: Progress): Error {
  progress.ended = what;
  return new Error(what);
}

function firstValues(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) flat[name] = first;
  }
  return flat;
}

function failure(error: unknown, { sent, tooLarge, ended }: Progress): HttpFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const name = error instanceof Error ? error.name : '';
  const aborted = name === 'AbortError' || name === 'TimeoutError' ? 'it took too long' : undefined;
  const known = ended ?? aborted ?? (code === undefined ? undefined : CAUSES[code]);
  const message = error instanceof Error ? error.message : 'unknown';
  return {
    kind: 'failure',
    sent,
    tooLarge,
    what: known ?? (code === undefined ? message : `${message} (${code})`),
  };
}
