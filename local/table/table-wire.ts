import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TableCard } from './table-card.ts';
import type { Refusal } from './table-engine.ts';
import { NOT_THE_TABLE, TABLE_HEADER } from './table-server.ts';

/** How long the owner may take to answer. Milliseconds. */
const PATIENCE_MS = 5_000;

/** The way to tables that other processes own: DynamoDB's protocol over HTTP. */
export interface TableWire {
  /**
   * Asks the owner that a card speaks of.
   *
   * @throws a {@link Refusal}, a `TimeoutError`, or an error whose `code` says why nobody answered, or somebody else.
   */
  ask(card: TableCard, operation: string, input: unknown): Promise<unknown>;
  /** Hangs up. */
  close(): void;
}

/** Opens the way; connections are made when they are needed, and kept. */
export function openWire(): TableWire {
  const agent = new Agent({ keepAlive: true });
  return {
    async ask(card, operation, input) {
      const response = await post(agent, card, operation, JSON.stringify(input));
      // A card left behind may name a port that something else listens on by now: its answers must not count.
      if (!(TABLE_HEADER in response.headers)) {
        response.destroy();
        throw Object.assign(new Error('What answers there is not the table.'), { code: NOT_THE_TABLE });
      }
      const body: unknown = JSON.parse(await text(response));
      const { statusCode = 500 } = response;
      if (statusCode === 200) return body;
      throw Object.assign(new Error('The table refused.'), { statusCode, body } satisfies Refusal);
    },
    close: () => {
      agent.destroy();
    },
  };
}

async function post(
  agent: Agent,
  { port, accessKeyId }: TableCard,
  operation: string,
  body: string,
): Promise<IncomingMessage> {
  const request = httpRequest({
    agent,
    host: '127.0.0.1',
    port,
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(body),
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization: `Credential=${accessKeyId}/`,
    },
  });
  request.setTimeout(PATIENCE_MS, () => {
    const late = new Error(`The table did not answer for ${PATIENCE_MS / 1000} s.`);
    request.destroy(Object.assign(late, { name: 'TimeoutError' }));
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}
