import { createServer, type IncomingHttpHeaders } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A post as a receiver saw it. */
export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A status to answer with; `reset` cuts the connection, `redirect` sends the caller elsewhere. */
type Reaction = number | 'reset' | 'redirect';

/** A system of a user's own. */
export interface Receiver {
  readonly baseUrl: string;
  /** Everything that came, oldest first. */
  readonly posts: Posted[];
}

/**
 * A real HTTP server on loopback, closed with the test.
 *
 * @param react what it does with the nth post, from 0; 200 where it says nothing.
 */
export async function startReceiver(
  react: (nth: number, posted: Posted) => Reaction | undefined = () => undefined,
): Promise<Receiver> {
  const posts: Posted[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('error', () => undefined);
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const posted = {
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      posts.push(posted);
      const reaction = react(posts.length - 1, posted) ?? 200;
      if (reaction === 'reset') incoming.socket.destroy();
      else if (reaction === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.writeHead(reaction).end('an answer that is nobody’s business');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posts };
}

/** A check of signatures as the documentation gives it to whoever writes a receiver. */
export type SignatureCheck = (
  header: string | undefined,
  body: string,
  secret: string,
  nowSeconds: number,
) => boolean;

/** The check in docs/notifications.md, run as it stands there. */
export async function documentedCheck(): Promise<SignatureCheck> {
  const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly isFromLifeboat: SignatureCheck;
  };
  return module.isFromLifeboat;
}
