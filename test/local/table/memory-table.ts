import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsTable } from '../../../lambdas/runtime/aws-table.ts';
import { ensureTable, TABLE_NAME } from '../../../local/table/ensure-table.ts';
import type { OpenTable } from '../../../local/table/open-table.ts';
import { openEngine } from '../../../local/table/table-engine.ts';
import { serveTable } from '../../../local/table/table-server.ts';

/** The access key id that the table in memory lets in. */
const MEMORY_KEY = 'memory';

/** A table of its own for one test, in memory, asked through the SDK over HTTP as the one on AWS is. */
export async function openMemoryTable(): Promise<OpenTable & { readonly port: number }> {
  const engine = await openEngine();
  await ensureTable(engine);
  const server = await serveTable({ engine, accessKeyId: MEMORY_KEY, onFailure: () => undefined });
  const client = clientOf(server.port);
  return {
    ...awsTable(client, TABLE_NAME),
    port: server.port,
    close: async () => {
      client.destroy();
      await server.close();
      await engine.close();
    },
  };
}

/** A client for a table at a port of 127.0.0.1. */
export function clientOf(port: number): DynamoDBClient {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient({
    region: 'local',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: MEMORY_KEY, secretAccessKey: 'unused' },
  });
}
