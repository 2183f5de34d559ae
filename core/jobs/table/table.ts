import type {
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';

/**
 * The table that a store works on: what the history asks of DynamoDB, named and shaped as in its API, and no more. On AWS a
 * signed request goes to DynamoDB (`lambdas/runtime/aws-table.ts`); on one machine the table is in the same process, or in that
 * of the owner of the files. Neither loads AWS's own client, of which the types are here.
 *
 * Every method throws an error whose `name` is DynamoDB's, for example {@link CONDITION_FAILED}, or what the network fails with.
 */
export interface Table {
  readonly tableName: string;
  getItem(input: GetItemCommandInput): Promise<Pick<GetItemCommandOutput, 'Item'>>;
  putItem(input: PutItemCommandInput): Promise<unknown>;
  query(input: QueryCommandInput): Promise<Pick<QueryCommandOutput, 'Items' | 'LastEvaluatedKey'>>;
}

/** `name` of the error when the condition of a write does not hold. */
export const CONDITION_FAILED = 'ConditionalCheckFailedException';
