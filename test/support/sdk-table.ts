import { GetItemCommand, PutItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../core/jobs/table/table.ts';

/** A table of DynamoDB, asked through AWS's own client: what the product's ways of asking are held against. */
export function sdkTable(client: DynamoDBClient, tableName: string): Table {
  return {
    tableName,
    getItem: (input) => client.send(new GetItemCommand(input)),
    putItem: (input) => client.send(new PutItemCommand(input)),
    query: (input) => client.send(new QueryCommand(input)),
  };
}
