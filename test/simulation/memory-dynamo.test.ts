import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ensureTable, TABLE_NAME } from '../../local/table/ensure-table.ts';
import { isRefusal, openEngine, type TableEngine } from '../../local/table/table-engine.ts';
import { memoryDynamo, type DynamoRequest, type MemoryDynamo } from './memory-dynamo.ts';

const text = (value: string) => ({ S: value });
const number = (value: number) => ({ N: String(value) });

const JOBS = ['a', 'b', 'c'];
const jobKey = (id: string) => ({ pk: text(`JOB#${id}`), sk: text('JOB') });

/** What the history asks, with keys so few that requests meet. */
const request: fc.Arbitrary<DynamoRequest> = fc.oneof(
  putJob(),
  putLease(),
  fc.record({ id: fc.constantFrom(...JOBS), sequence: fc.integer({ min: 1, max: 4 }) }).map(putEvent),
  fc.constantFrom(...JOBS).map((id) => ({
    operation: 'GetItem' as const,
    input: { TableName: TABLE_NAME, Key: jobKey(id), ConsistentRead: true },
  })),
  fc.constantFrom('x', 'y').map((owner) => ({
    operation: 'DeleteItem' as const,
    input: {
      TableName: TABLE_NAME,
      Key: { pk: text('LEASE#t'), sk: text('LEASE') },
      ConditionExpression: '#owner = :owner',
      ExpressionAttributeNames: { '#owner': 'owner' },
      ExpressionAttributeValues: { ':owner': text(owner) },
    },
  })),
  queryEvents(),
  queryJobs(),
);

function putJob(): fc.Arbitrary<DynamoRequest> {
  const conditions = fc.oneof(
    fc.constant({
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
    }),
    fc.integer({ min: 1, max: 3 }).map((version) => ({
      ConditionExpression: '#version = :expected',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':expected': number(version) },
    })),
  );
  return fc
    .record({
      id: fc.constantFrom(...JOBS),
      version: fc.integer({ min: 1, max: 3 }),
      status: fc.constantFrom('RUNNING', 'FAILED'),
      hasSource: fc.boolean(),
      condition: conditions,
    })
    .map(({ id, version, status, hasSource, condition }) => ({
      operation: 'PutItem' as const,
      input: {
        TableName: TABLE_NAME,
        Item: {
          ...jobKey(id),
          jobId: text(id),
          version: number(version),
          allJobs: text('JOB'),
          status: text(status),
          kind: text('drill'),
          ...(hasSource && { sourceCluster: text('p/c') }),
          summary: text(`summary ${version}`),
          document: text(`document ${version}`),
        },
        ...condition,
      },
    }));
}

function putLease(): fc.Arbitrary<DynamoRequest> {
  return fc
    .record({
      owner: fc.constantFrom('x', 'y'),
      expiresAt: fc.integer({ min: 0, max: 20 }),
      now: fc.integer({ min: 0, max: 20 }),
    })
    .map(({ owner, expiresAt, now }) => ({
      operation: 'PutItem' as const,
      input: {
        TableName: TABLE_NAME,
        Item: { pk: text('LEASE#t'), sk: text('LEASE'), owner: text(owner), expiresAtMs: number(expiresAt) },
        ConditionExpression: 'attribute_not_exists(#pk) OR #owner = :owner OR #expiresAtMs < :now',
        ExpressionAttributeNames: { '#pk': 'pk', '#owner': 'owner', '#expiresAtMs': 'expiresAtMs' },
        ExpressionAttributeValues: { ':owner': text(owner), ':now': number(now) },
      },
    }));
}

function putEvent({ id, sequence }: { readonly id: string; readonly sequence: number }): DynamoRequest {
  return {
    operation: 'PutItem',
    input: {
      TableName: TABLE_NAME,
      Item: {
        pk: text(`JOB#${id}`),
        sk: text(`EVENT#0000000${sequence}`),
        document: text(`event ${sequence}`),
      },
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
    },
  };
}

function queryEvents(): fc.Arbitrary<DynamoRequest> {
  return fc
    .record({
      id: fc.constantFrom(...JOBS),
      isLast: fc.boolean(),
      from: fc.option(fc.integer({ min: 1, max: 4 })),
    })
    .map(({ id, isLast, from }) => ({
      operation: 'Query' as const,
      input: {
        TableName: TABLE_NAME,
        ConsistentRead: true,
        KeyConditionExpression: '#pk = :pk AND begins_with(#sk, :events)',
        ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
        ExpressionAttributeValues: { ':pk': text(`JOB#${id}`), ':events': text('EVENT#') },
        ...(isLast && { ScanIndexForward: false, Limit: 1 }),
        ...(from !== null && {
          ExclusiveStartKey: { pk: text(`JOB#${id}`), sk: text(`EVENT#0000000${from}`) },
        }),
      },
    }));
}

function queryJobs(): fc.Arbitrary<DynamoRequest> {
  const indexes: readonly (readonly [name: string, key: string, value: string])[] = [
    ['jobs-all', 'allJobs', 'JOB'],
    ['jobs-by-cluster', 'sourceCluster', 'p/c'],
    ['jobs-by-status', 'status', 'FAILED'],
    ['jobs-by-kind', 'kind', 'drill'],
  ];
  return fc
    .record({
      index: fc.constantFrom(...indexes),
      limit: fc.integer({ min: 1, max: 3 }),
      after: fc.option(fc.constantFrom(...JOBS)),
    })
    .map(({ index: [name, key, value], limit, after }) => ({
      operation: 'Query' as const,
      input: {
        TableName: TABLE_NAME,
        IndexName: name,
        KeyConditionExpression: '#partition = :value',
        ExpressionAttributeNames: { '#partition': key },
        ExpressionAttributeValues: { ':value': text(value) },
        ScanIndexForward: false,
        Limit: limit,
        ...(after !== null && {
          ExclusiveStartKey: { ...jobKey(after), jobId: text(after), [key]: text(value) },
        }),
      },
    }));
}

/** What the table in memory answers, as far as the history reads it, or the name of its error. */
function answerInMemory(dynamo: MemoryDynamo, asked: DynamoRequest): unknown {
  try {
    const { Item, Items, LastEvaluatedKey } = dynamo.perform(asked);
    return { Item, Items, LastEvaluatedKey };
  } catch (error) {
    return (error as Error).name;
  }
}

/** The same of the embedded one. */
async function answerEmbedded(engine: TableEngine, { operation, input }: DynamoRequest): Promise<unknown> {
  try {
    const answer = (await engine.perform(operation, input)) as Record<string, unknown>;
    const { Item, Items, LastEvaluatedKey } = answer;
    return { Item, Items, LastEvaluatedKey };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return (error.body as { readonly __type: string }).__type.replace(/^.*#/, '');
  }
}

it('the table in memory answers any history of requests as the embedded one does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 20, maxLength: 60 }), async (requests) => {
      const engine = await openEngine();
      try {
        await ensureTable(engine);
        const dynamo = memoryDynamo();
        for (const asked of requests)
          expect(answerInMemory(dynamo, asked)).toEqual(await answerEmbedded(engine, asked));
      } finally {
        await engine.close();
      }
    }),
    { numRuns: 60 },
  );
});

it.each(['#pk = :pk AND #sk < :sk', 'begins_with(#pk, :pk)', 'NOT #owner = :owner'])(
  'the table in memory refuses what it does not know: %s',
  (expression) => {
    const input = {
      TableName: TABLE_NAME,
      Item: { pk: text('a'), sk: text('b') },
      ConditionExpression: expression,
    };
    expect(() => memoryDynamo().perform({ operation: 'PutItem', input })).toThrow('No condition');
  },
);
