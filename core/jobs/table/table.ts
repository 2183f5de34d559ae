import type {
  GetItemCommandInput,
  GetItemCommandOutput,
  PutItemCommandInput,
  QueryCommandInput,
  QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';

/**
 * The table that a store works on: what the history asks of DynamoDB, named and shaped as in its API, and no more. On AWS the
 * SDK asks DynamoDB (`lambdas/runtime/aws-table.ts`); on one machine the table is in the same process, or in that of the owner of
 * the files, and of the SDK only the types are used.
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
