import { GetItemCommand, PutItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../core/jobs/table/table.ts';

/** A table of DynamoDB, through AWS's SDK. */
export function awsTable(client: DynamoDBClient, tableName: string): Table {
  return {
    tableName,
    getItem: (input) => client.send(new GetItemCommand(input)),
    putItem: (input) => client.send(new PutItemCommand(input)),
    query: (input) => client.send(new QueryCommand(input)),
  };
}
