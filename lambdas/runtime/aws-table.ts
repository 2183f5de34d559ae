import type { GetItemCommandOutput, QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../core/jobs/table/table.ts';
import { askAws, AWS } from './ask-aws.ts';

/** A table of DynamoDB, asked without the SDK. Every attribute of ours is text or a number, which JSON holds as they are. */
export function awsTable(tableName: string): Table {
  const ask =
    <Output>(action: string) =>
    (input: object) =>
      askAws<Output>(AWS.dynamodb, action, input);
  return {
    tableName,
    getItem: ask<GetItemCommandOutput>('GetItem'),
    putItem: ask('PutItem'),
    query: ask<QueryCommandOutput>('Query'),
  };
}
