import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type DynamoDBClient,
  type PutItemCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Condition, Test } from './condition.ts';
import type { Item } from './item.ts';
import { TABLE_SHAPE } from './table-shape.ts';
import type { Table } from './table.ts';

/** `name` of the error when the condition of a write does not hold. */
const CONDITION_FAILED = 'ConditionalCheckFailedException';

/** The history's table in DynamoDB, through AWS's SDK. Its methods throw what the client does. */
export function dynamoTable(client: DynamoDBClient, tableName: string): Table {
  return {
    tableName,

    async getItem({ pk, sk }) {
      const { Item: found } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall({ pk, sk }), ConsistentRead: true }),
      );
      return found === undefined ? undefined : (unmarshall(found) as Item);
    },

    async putItem(item, condition) {
      try {
        await client.send(
          new PutItemCommand({ TableName: tableName, Item: marshall(item), ...expressionOf(condition) }),
        );
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === CONDITION_FAILED) return false;
        throw error;
      }
    },

    query: ({ pk, prefix, descending = false, limit }) =>
      allPages(client, limit, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :prefix)',
        ExpressionAttributeNames: { '#pk': TABLE_SHAPE.partitionKey, '#sk': TABLE_SHAPE.sortKey },
        ExpressionAttributeValues: marshall({ ':pk': pk, ':prefix': prefix }),
        ScanIndexForward: !descending,
      }),

    queryIndex({ index, value, limit, after }) {
      const partitionKey = TABLE_SHAPE.indexes.find(({ name }) => name === index)?.partitionKey ?? '';
      return allPages(client, limit, {
        TableName: tableName,
        IndexName: index,
        KeyConditionExpression: '#partition = :value',
        ExpressionAttributeNames: { '#partition': partitionKey },
        ExpressionAttributeValues: marshall({ ':value': value }),
        ScanIndexForward: false,
        ...(after !== undefined && { ExclusiveStartKey: marshall({ ...after, [partitionKey]: value }) }),
      });
    },
  };
}

/** DynamoDB ends an answer at 1 MB whatever the limit, so it is asked until there is enough. */
async function allPages(client: DynamoDBClient, limit = Infinity, query: QueryCommandInput): Promise<Item[]> {
  const found: Item[] = [];
  let start = query.ExclusiveStartKey;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        ...query,
        ...(limit !== Infinity && { Limit: limit - found.length }),
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    found.push(...Items.map((item) => unmarshall(item) as Item));
    start = LastEvaluatedKey;
  } while (start !== undefined && found.length < limit);
  return found;
}

type Expression = Pick<
  PutItemCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Every name goes through a placeholder: `status` and `owner` are among DynamoDB's reserved words. */
function expressionOf(condition: Condition): Expression {
  const names: Record<string, string> = {};
  const values: Record<string, string | number> = {};
  const textOf = (test: Test): string => {
    const name = `#${test.attribute}`;
    names[name] = test.attribute;
    if (!('value' in test)) return `attribute_${test.is === 'absent' ? 'not_exists' : 'exists'}(${name})`;
    const value = `:v${Object.keys(values).length}`;
    values[value] = test.value;
    return `${name} ${OPERATORS[test.is]} ${value}`;
  };
  return {
    ConditionExpression: condition.map((tests) => `(${tests.map(textOf).join(' AND ')})`).join(' OR '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: marshall(values) }),
  };
}

const OPERATORS = { equal: '=', different: '<>', below: '<' } as const;
