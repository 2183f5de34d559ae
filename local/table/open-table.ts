import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TABLE_NAME } from './ensure-table.ts';
import { silentOwner } from './find-owner.ts';
import { homeError, prepareHome } from './local-home.ts';
import { NOT_THE_TABLE, reachTable, type TableReach } from './reach-table.ts';
import type { TableCard } from './table-card.ts';
import { TABLE_HEADER } from './table-server.ts';

/** The embedded table, ready for use. */
export interface OpenTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  /** Leaves no handle open. Other processes that use the same home go on. */
  close(): Promise<void>;
}

/**
 * Opens the history in a home folder, which is made if it is not there.
 *
 * Any number of processes may have one home open. The first owns the files and answers the others; when it ends or is
 * killed, the next call of one of the others takes its place, and no call fails for it.
 *
 * @throws LocalHomeError when the folder cannot be used or its files are damaged.
 * @throws HistoryUnavailableError when the disk is full, or another process holds the files and does not answer.
 */
export async function openTable({ home }: { readonly home: string }): Promise<OpenTable> {
  const folder = await prepareHome(home);
  const reach = reachTable(folder);
  // An unusable home is told now and not at the first call.
  await reach.call(() => Promise.resolve());
  const client = createClient();
  explainFailures(client, folder);
  aimAtOwner(client, reach);
  refuseStrangers(client);
  return {
    client,
    tableName: TABLE_NAME,
    close: async () => {
      client.destroy();
      await reach.close();
    },
  };
}

function createClient(): DynamoDBClient {
  // Read once, when the first client is made: what AWS asks of Node next year is not the user's concern today.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient({
    region: 'local',
    // Where each request really goes is decided when it is sent.
    endpoint: 'http://127.0.0.1',
    credentials: { accessKeyId: PLACEHOLDER, secretAccessKey: 'unused' },
    // A process stopped for a while finds its own request timed out when it goes on, so a timeout is tried once more.
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
}

const PLACEHOLDER = 'whoever-owns-the-table';

/** Says what is left of a failure after the SDK's retries. */
function explainFailures(client: DynamoDBClient, home: string): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        // LevelDB failed in the owner; the reason is in the message.
        if (error instanceof Error && error.name === 'InternalServerError') throw homeError(error, home);
        // The owner has the files open and is stopped, perhaps in the background of a shell.
        if (error instanceof Error && error.name === 'TimeoutError') throw silentOwner(home, error.message);
        throw error;
      }
    },
    { step: 'initialize', name: 'explainFailures' },
  );
}

/** A request as the middleware sees it, signed and about to be sent. */
interface SignedRequest {
  port?: number;
  headers: Record<string, string>;
}

/** Sends each request to the owner of the moment, below the SDK's own retries. */
function aimAtOwner(client: DynamoDBClient, reach: TableReach): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as SignedRequest;
      const authorization = request.headers.authorization ?? '';
      const send = (card: TableCard) => {
        const headers = {
          ...request.headers,
          host: `127.0.0.1:${card.port}`,
          authorization: authorization.replace(PLACEHOLDER, card.accessKeyId),
        };
        return next({ ...args, request: Object.assign(request, { port: card.port, headers }) });
      };
      return reach.call(send);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'aimAtOwner' },
  );
}

/** A card left behind may name a port that something else listens on by now: its answers must not count. */
function refuseStrangers(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { readonly headers: Readonly<Record<string, string>> };
      if (TABLE_HEADER in headers) return result;
      throw Object.assign(new Error('What answers there is not the table.'), { code: NOT_THE_TABLE });
    },
    { step: 'deserialize', priority: 'low', name: 'refuseStrangers' },
  );
}
