import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApi } from '../../core/http/api.ts';
import type { HttpHost } from '../../core/http/host.ts';

/** An API that is being served. */
export interface Listening {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more requests and lets those under way end; it waits for them a while. */
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Milliseconds that a request under way is given when the server ends. */
const LAST_ANSWERS_MS = 5_000;

/**
 * Serves the API on loopback.
 *
 * @param port 0 takes a free one.
 * @throws what the system says of a port that can't be listened on.
 */
export async function listen(host: HttpHost, port: number): Promise<Listening> {
  const { fetch } = createApi(host);
  // Without the library's own Request and Response in place of Node's for the whole process.
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    url: `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`,
    close: () => closed(server),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, LAST_ANSWERS_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
