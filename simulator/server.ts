import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import { answerApi, type ApiContext, errorReply, header, type Incoming } from './api.ts';
import { ApiError, errorBody } from './api-error.ts';
import { INBOX, type FaultRule, type Faults } from './faults.ts';
import { jsonReply, type Reply } from './http-types.ts';
import { answerPractice, practiceOperation } from './practice-api.ts';
import { findRoute } from './router.ts';
import type { RequestRecord } from './records.ts';

const TOKEN_PATH = '/api/oauth/token';

/** What the server is made of; the context is asked for with each request, since it knows the port. */
export interface ServerParts {
  readonly clock: Clock;
  readonly speed: number;
  readonly faults: Faults;
  readonly context: () => ApiContext;
  /** Ends delays when the simulator closes. */
  readonly closing: AbortSignal;
  readonly record: (request: RequestRecord) => void;
}

/** The HTTP server; it does not listen yet. */
export function httpServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch(() => {
      // The client went away, or the simulator closes: nobody is left to answer.
      response.destroy();
    });
  });
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const incoming = await readIncoming(request);
  const operation = operationName(incoming);
  const practice = practiceOperation(incoming.method, incoming.path);
  const fault = practice === undefined || practice === INBOX ? parts.faults.next(operation) : undefined;
  if (fault?.delay !== undefined) await parts.clock.sleep(fault.delay * 1000, parts.closing);
  const reply = fault?.reset ? undefined : faultyReply(fault, () => answer(parts, incoming, operation));
  const cut = reply === undefined || fault?.lostReply === true;
  // Recorded before the reply leaves, so that a client that has it finds it here.
  parts.record({ method: incoming.method, path: incoming.target, operation, status: cut ? 0 : reply.status });
  if (cut) response.destroy();
  else send(response, reply, fault?.truncate === true);
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

function operationName(incoming: Incoming): string {
  if (incoming.path === TOKEN_PATH) return 'oauthToken';
  const practice = practiceOperation(incoming.method, incoming.path);
  if (practice !== undefined) return practice;
  const route = findRoute(incoming.method, incoming.path);
  return typeof route === 'object' ? route.operation.id : 'unknown';
}

function answer(parts: ServerParts, incoming: Incoming, operation: string): Reply {
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
  const route = findRoute(incoming.method, incoming.path);
  if (route === 'methodNotAllowed')
    return errorReply(new ApiError('METHOD_NOT_ALLOWED', incoming.method), {});
  return answerApi(context, incoming, route, now);
}

async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const target = request.url ?? '/';
  const url = new URL(target, 'http://localhost');
  return {
    method: request.method ?? 'GET',
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(response: ServerResponse, reply: Reply, truncate: boolean): void {
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.status !== 204 && { 'content-length': body.length }),
  });
  if (!truncate) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
