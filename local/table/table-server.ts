import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { isRefusal, type Refusal, type TableEngine } from './table-engine.ts';

/** An item is at most 400 KB; a request for it, with its JSON, stays well below this. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

/** On every answer, so that the table is not taken for another server. */
export const TABLE_HEADER = 'x-lifeboat-table';

/** `code` of an error that says: whoever is there is not the table, or not any more. */
export const NOT_THE_TABLE = 'NOT_THE_TABLE';

/** The status for who does not show the key. */
export const STRANGER = 403;

/** The embedded table as other processes of the same user reach it. */
export interface TableServer {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Finishes what is being done, then hangs up. */
  close(): Promise<void>;
}

/** What a server needs to know. */
export interface TableServerOptions {
  readonly engine: TableEngine;
  /** Who does not show it is refused: any user of the machine can reach the port. */
  readonly accessKeyId: string;
  /** Called when LevelDB failed. It must not be written to again before it is opened anew. */
  readonly onFailure: () => void;
}

/** Serves the table on a free port of 127.0.0.1. It does not keep the process alive by itself. */
export async function serveTable(options: TableServerOptions): Promise<TableServer> {
  const active = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    response.shouldKeepAlive = server.listening;
    const work = answer(options, request, response).finally(() => active.delete(work));
    active.add(work);
  });
  // An idle connection closed by the server at the moment of its next use would look like a dead owner.
  server.keepAliveTimeout = 0;
  server.on('connection', (socket) => socket.unref());
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => hangUp(server, active) };
}

async function hangUp(server: Server, active: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await Promise.allSettled(active);
  server.closeAllConnections();
  await closed;
}

async function answer(
  options: TableServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { statusCode, body } = await replyTo(options, request);
  response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.0', [TABLE_HEADER]: '1' });
  response.end(JSON.stringify(body));
  // Who asked may have died meanwhile; there is nobody to tell.
  await finished(response).catch(() => undefined);
}

async function replyTo(options: TableServerOptions, request: IncomingMessage): Promise<Refusal> {
  if (!isKnown(request, options.accessKeyId)) {
    request.resume();
    return fault(STRANGER, 'UnrecognizedClientException', 'The access key is not the one of this table.');
  }
  try {
    const input: unknown = JSON.parse(await textOf(request));
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    return { statusCode: 200, body: await options.engine.perform(operation, input) };
  } catch (error) {
    if (isRefusal(error)) return error;
    if (error instanceof SyntaxError) return fault(400, 'SerializationException', error.message);
    options.onFailure();
    return failureOf(error);
  }
}

function isKnown(request: IncomingMessage, accessKeyId: string): boolean {
  const shown = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [left, right] = [Buffer.from(shown), Buffer.from(accessKeyId)];
  return left.length === right.length && timingSafeEqual(left, right);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) throw new SyntaxError(`A request may be ${MAX_REQUEST_BYTES} bytes long.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What LevelDB failed with, in DynamoDB's terms. */
export function failureOf(error: unknown): Refusal {
  return fault(500, 'InternalServerError', error instanceof Error ? error.message : String(error));
}

function fault(statusCode: number, type: string, message: string): Refusal {
  return { statusCode, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message } };
}
