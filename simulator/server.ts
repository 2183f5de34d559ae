import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Incoming } from './api.ts';
import type { Answer } from './door.ts';

/** The HTTP server in front of the door; it does not listen yet. */
export function httpServer(answer: (incoming: Incoming) => Promise<Answer>): Server {
  return createServer((request, response) => {
    serve(answer, request, response).catch(() => {
      // The client went away, or the simulator closes: nobody is left to answer.
      response.destroy();
    });
  });
}

async function serve(
  answer: (incoming: Incoming) => Promise<Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answered = await answer(await readIncoming(request));
  if (answered.kind === 'cut') response.destroy();
  else send(response, answered);
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

function send(response: ServerResponse, { kind, reply }: Exclude<Answer, { readonly kind: 'cut' }>): void {
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.status !== 204 && { 'content-length': body.length }),
  });
  if (kind === 'reply') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
