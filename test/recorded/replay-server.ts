import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import type { Record } from './recording.ts';

/** Atlas as it was recorded, on loopback. */
export interface ReplayServer {
  readonly baseUrl: string;
  /** `METHOD path` of every request, oldest first. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * Replays recorded replies by the clock: a read gets the latest reply that Atlas had given to it by then, or the first
 * one when none had been given yet. What was not recorded is answered with 404.
 */
export async function startReplay(records: readonly Record[], clock: Clock): Promise<ReplayServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://replay');
    requests.push(`${request.method ?? ''} ${pathname}`);
    request.resume();
    if (pathname === '/api/oauth/token') sendToken(response);
    else send(response, replyTo(request, pathname, records, clock));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function replyTo(
  request: IncomingMessage,
  path: string,
  records: readonly Record[],
  clock: Clock,
): Record | undefined {
  const replies = records.filter(
    (record) => record.method === request.method && record.path.split('?')[0] === path,
  );
  const distance = (reply: Record) => Math.abs(Date.parse(reply.at) - clock.now());
  // A change was recorded once for each time it was made: this is the one nearest in time.
  if (request.method !== 'GET') return replies.sort((one, other) => distance(one) - distance(other))[0];
  return replies.filter((reply) => Date.parse(reply.at) <= clock.now()).at(-1) ?? replies[0];
}

function send(response: ServerResponse, reply: Record | undefined): void {
  if (reply === undefined) {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 404, errorCode: 'RESOURCE_NOT_FOUND', detail: 'Not recorded.' }));
    return;
  }
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body === null ? undefined : JSON.stringify(reply.body));
}

function sendToken(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ access_token: 'replayed', expires_in: 3600, token_type: 'Bearer' }));
}
