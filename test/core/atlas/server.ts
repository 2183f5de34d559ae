import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import { type AtlasClientOptions, createAtlasClient } from '../../../core/atlas/create-client.ts';
import type { Clock } from '../../../core/clock.ts';
import { seededRandom } from '../../../core/random.ts';

export const GROUP = '5f1b6e34b3d91647abb20e7b';
export const SNAPSHOT = '6a79468a2c88faeba59de489';
export const CLUSTER = { groupId: GROUP, clusterName: 'Orders' };
export const RESTORE = {
  ...CLUSTER,
  body: { deliveryType: 'automated', snapshotId: SNAPSHOT, targetClusterName: 'Drill', targetGroupId: GROUP },
} as const;
export const CLUSTER_REPLY = { name: 'Orders', clusterType: 'REPLICASET', stateName: 'IDLE' };

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Answer = (request: Seen, response: ServerResponse, count: number) => void;

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A real HTTP server on loopback. Token requests are answered with `token-1`, `token-2`... unless `token` does. */
export async function startServer(answer: Answer, token: Answer = giveToken) {
  const calls: Seen[] = [];
  const tokens: Seen[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const seen: Seen = {
        method: incoming.method ?? '',
        url: new URL(incoming.url ?? '/', 'http://localhost'),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      const [list, respond] = seen.url.pathname === '/api/oauth/token' ? [tokens, token] : [calls, answer];
      list.push(seen);
      respond(seen, response, list.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  onTestFinished(stop);
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, tokens, stop };
}

export const giveToken: Answer = (_, response, count) => {
  json(response, 200, { access_token: `token-${count}`, expires_in: 3600, token_type: 'Bearer' });
};

/** A clock that stands still until somebody sleeps on it; sleeping takes no real time. */
export function manualClock(start = Date.parse('2026-08-10T03:00:00Z')) {
  let time = start;
  const sleeps: number[] = [];
  const clock: Clock = {
    now: () => time,
    sleep(milliseconds, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      sleeps.push(milliseconds);
      time += milliseconds;
      return Promise.resolve();
    },
  };
  return { ...clock, sleeps, advance: (milliseconds: number) => void (time += milliseconds) };
}

export const SERVICE_ACCOUNT = {
  kind: 'serviceAccount',
  clientId: 'mdb_sa_id_1',
  clientSecret: 'mdb_sa_sk_Secret+/=:%',
} as const;
export const API_KEY = {
  kind: 'apiKey',
  publicKey: 'abcdefgh',
  privateKey: '01234567-89ab-cdef-0123-456789abcdef',
} as const;

/** A client of that server, closed by the test. */
export function clientOf(baseUrl: string, options: Partial<AtlasClientOptions> = {}): AtlasClient {
  const client = createAtlasClient({
    baseUrl,
    credentials: SERVICE_ACCOUNT,
    clock: manualClock(),
    random: seededRandom(1),
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It was not rejected with an error.');
}
