import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A post that came, and whether it was signed as docs/notifications.md says. */
export interface Received {
  readonly isSigned: boolean;
  /** The step that it is of, or the event and the runbook. */
  readonly about: string;
}

/** A system of a user's own, for the webhooks of runbooks. */
export interface Receiver {
  readonly url: string;
  /** Everything that came, oldest first. */
  readonly posts: readonly Received[];
}

interface Message {
  readonly type: string;
  readonly step?: string;
  readonly job: { readonly runbook: string };
}

function aboutOf({ type, step, job }: Message): string {
  return step ?? `${type} of ${job.runbook}`;
}

/** Starts a receiver on loopback that answers every post with 200. */
export async function startReceiver(signingSecret: string): Promise<Receiver> {
  const posts: Received[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const [, seconds = '', digest = ''] =
        /^t=(\d+),v1=(\w+)$/.exec(String(incoming.headers['lifeboat-signature'])) ?? [];
      const wanted = createHmac('sha256', signingSecret).update(`${seconds}.${text}`).digest('hex');
      posts.push({ isSigned: digest === wanted, about: aboutOf(JSON.parse(text) as Message) });
      response.writeHead(200).end();
    });
  });
  // It goes with this process.
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
  };
}
