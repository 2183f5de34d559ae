import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { dynamoTable } from '../../core/jobs/table/dynamo-table.ts';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import type { Table } from '../../core/jobs/table/table.ts';

const TABLE_NAME = 'lifeboat';

/** A table of its own for one test, asked through the SDK over HTTP as the one on AWS is. */
export async function openDynaliteTable(): Promise<
  Table & { readonly port: number; close(): Promise<void> }
> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = clientOf(port);
  await client.send(new CreateTableCommand(tableDefinition()));
  return {
    ...dynamoTable(client, TABLE_NAME),
    port,
    close: async () => {
      client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client for a table at a port of 127.0.0.1. */
export function clientOf(port: number): DynamoDBClient {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  return new DynamoDBClient({
    region: 'local',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'memory', secretAccessKey: 'unused' },
  });
}

function tableDefinition(): CreateTableCommandInput {
  const { partitionKey, sortKey, indexes, indexSortKey, projectedAttributes } = TABLE_SHAPE;
  const keyNames = [partitionKey, sortKey, indexSortKey, ...indexes.map((index) => index.partitionKey)];
  return {
    TableName: TABLE_NAME,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keyNames.map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: keySchema(partitionKey, sortKey),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keySchema(index.partitionKey, indexSortKey),
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projectedAttributes] },
    })),
  };
}

function keySchema(partition: string, sort: string): CreateTableCommandInput['KeySchema'] {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}
