import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One character of each class that steers a terminal, a browser or a log: ESC, BEL, CR, bidi, zero width, C1 and a line break. */
export const HOSTILE = '\u001b[31mX\u0007\r\u202e\u2066\u200b\u009b2J\nForged: line';

/** What may not leave in any output: every hidden character but the line breaks of the output itself. */
export const RAW = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** What a reply of Atlas says in words of others. Other keys hold names and ids that further calls are made of. */
const WORDS: ReadonlySet<string> = new Set(['description', 'detail', 'reason', 'errorCode']);

/** A call whose reply is replaced. */
type Refuses = (method: string, path: string) => boolean;

/**
 * A way to a simulated Atlas on which words of others turn hostile: names of projects, descriptions, alerts, events and the
 * details of errors. Closed with the test.
 *
 * @param refuses the calls that are answered by a hostile refusal instead.
 * @returns its base URL.
 */
export async function hostileAtlas(baseUrl: string, refuses: Refuses = () => false): Promise<string> {
  const server = createServer((incoming, response) => {
    pass(incoming, response, baseUrl, refuses).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  baseUrl: string,
  refuses: Refuses,
): Promise<void> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = await textOf(incoming);
  if (refuses(method, url)) {
    const refusal = {
      error: 400,
      errorCode: `BAD${HOSTILE}`,
      detail: HOSTILE,
      reason: HOSTILE,
      parameters: [HOSTILE],
    };
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(refusal));
    return;
  }
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`${baseUrl}${url}`, { method, headers: { ...headers, host: new URL(baseUrl).host } }, resolve)
      .on('error', reject)
      .end(body);
  });
  const text = await textOf(reply);
  const isAtlas = url.startsWith('/api/atlas/') && text !== '';
  const kept = { ...reply.headers };
  // The body may have grown.
  delete kept['content-length'];
  delete kept['transfer-encoding'];
  response.writeHead(reply.statusCode ?? 502, kept);
  response.end(isAtlas ? JSON.stringify(hostile(JSON.parse(text), url)) : text);
}

/** A reply with hostile words. A list of alerts or events gets one that speaks of everything. */
function hostile(reply: unknown, url: string): unknown {
  const isProject = /\/groups\/\w{24}(\?|$)/.test(url);
  return walk(reply, (key, value) =>
    WORDS.has(key) ||
    (key === 'name' && isProject) ||
    (key === 'eventTypeName' && /\/(alerts|events)\b/.test(url))
      ? `${value}${HOSTILE}`
      : value,
  );
}

function walk(value: unknown, change: (key: string, value: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(key, value);
  if (Array.isArray(value)) return value.map((item: unknown) => walk(item, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, change, name)]));
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
