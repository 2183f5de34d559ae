import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RESOURCES } from '../../core/atlas/resources.ts';
import type { Operation } from '../../core/atlas/operation.ts';

/** What stands between Lifeboat and the simulated Atlas. */
export interface MutatingServer {
  readonly baseUrl: string;
  close(): Promise<void>;
}

/** Headers that are not passed on. */
const OF_THE_CONNECTION = ['host', 'connection', 'content-length', 'content-encoding', 'transfer-encoding'];

const OPERATIONS = Object.values(RESOURCES)
  .flatMap((resource) => Object.values(resource) as readonly Operation[])
  .map(({ operationId, method, path }) => ({
    operationId,
    method,
    pattern: new RegExp(`^${path.replace(/[.:]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`),
  }));

/** The operation of a request; undefined for the token and for the simulator's own routes. */
export function operationIdOf(method: string, path: string): string | undefined {
  return OPERATIONS.find((one) => one.method === method && one.pattern.test(path))?.operationId;
}

/** Passes requests on, and the bodies of good replies through `change`; one that it makes undefined is empty. */
export async function openMutatingServer(
  target: () => string,
  change: (operationId: string, body: unknown) => unknown,
): Promise<MutatingServer> {
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk as Uint8Array);
      const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.includes(name));
      const method = request.method ?? 'GET';
      const reply = await fetch(new URL(request.url ?? '/', target()), {
        method,
        headers: Object.fromEntries(headers) as Record<string, string>,
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const text = await reply.text();
      const operationId = operationIdOf(method, new URL(request.url ?? '/', target()).pathname);
      const body =
        operationId !== undefined && reply.status < 300 && text !== ''
          ? JSON.stringify(change(operationId, JSON.parse(text)))
          : text;
      const kept = [...reply.headers].filter(([name]) => !OF_THE_CONNECTION.includes(name));
      response.writeHead(reply.status, Object.fromEntries(kept)).end(body);
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
