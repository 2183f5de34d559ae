import { setImmediate } from 'node:timers/promises';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { TABLE_SHAPE } from '../../core/jobs/table/table-shape.ts';
import type { TableEngine } from './table-engine.ts';

/** The name of the embedded table. */
export const TABLE_NAME = 'lifeboat';

/**
 * Makes the table in a new database, and leaves it alone in one that has it.
 *
 * @returns whether it had to be made.
 */
export async function ensureTable(engine: TableEngine): Promise<boolean> {
  const status = await tableStatus(engine);
  if (status === 'ACTIVE') return false;
  // Killed while the table was being made, a process leaves it in CREATING for ever. Nothing is in it yet.
  if (status !== undefined) await forgetTable(engine);
  await engine.perform('CreateTable', tableDefinition());
  while ((await tableStatus(engine)) !== 'ACTIVE') await setImmediate();
  return true;
}

function tableStatus(engine: TableEngine): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    engine.store.getTable(TABLE_NAME, false, (error, table) => {
      if (error && error.name !== 'NotFoundError') reject(error);
      else resolve(table?.TableStatus);
    });
  });
}

function forgetTable(engine: TableEngine): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.store.tableDb.del(TABLE_NAME, (error) => {
      if (error) reject(error);
      else resolve();
    });
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
