import fc from 'fast-check';
import { TABLE_NAME } from '../../local/table/ensure-table.ts';
import type { DynamoRequest } from './memory-dynamo.ts';

const text = (value: string) => ({ S: value });
const number = (value: number) => ({ N: String(value) });

const JOBS = ['a', 'b', 'c'];
const jobKey = (id: string) => ({ pk: text(`JOB#${id}`), sk: text('JOB') });

/** What the history asks, with keys so few that requests meet. */
export const historyRequest: fc.Arbitrary<DynamoRequest> = fc.oneof(
  putJob(),
  putLease(),
  fc.record({ id: fc.constantFrom(...JOBS), sequence: fc.integer({ min: 1, max: 4 }) }).map(putEvent),
  fc.constantFrom(...JOBS).map((id) => ({
    operation: 'GetItem' as const,
    input: { TableName: TABLE_NAME, Key: jobKey(id), ConsistentRead: true },
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

/** Conditions over every comparison, every junction and both tests for presence. */
function leaseCondition(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constant(
      'attribute_not_exists(#pk) OR #expiresAtMs < :now OR (#owner = :owner AND attribute_not_exists(#givenBack))',
    ),
    fc.letrec<{ readonly condition: string; readonly leaf: string }>((tie) => ({
      condition: fc.oneof(
        { depthSize: 'small' },
        tie('leaf'),
        fc
          .tuple(tie('condition'), fc.constantFrom('AND', 'OR'), tie('condition'))
          .map(([one, junction, other]) => `${one} ${junction} ${other}`),
        tie('condition').map((inner) => `(${inner} OR #expiresAtMs < :now)`),
      ),
      leaf: fc.oneof(
        fc
          .tuple(fc.constantFrom('exists', 'not_exists'), fc.constantFrom('#pk', '#givenBack'))
          .map(([presence, name]) => `attribute_${presence}(${name})`),
        fc
          .tuple(
            fc.constantFrom('#owner', '#expiresAtMs', '#givenBack'),
            fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
            fc.constantFrom(':owner', ':now'),
          )
          .map((words) => words.join(' ')),
      ),
    })).condition,
  );
}

function putLease(): fc.Arbitrary<DynamoRequest> {
  return fc
    .record({
      owner: fc.constantFrom('x', 'y'),
      expiresAt: fc.integer({ min: 0, max: 20 }),
      givenBack: fc.boolean(),
      now: fc.integer({ min: 0, max: 20 }),
      condition: leaseCondition(),
    })
    .map(({ owner, expiresAt, givenBack, now, condition }) => ({
      operation: 'PutItem' as const,
      input: {
        TableName: TABLE_NAME,
        Item: {
          pk: text('LEASE#t'),
          sk: text('LEASE'),
          owner: text(owner),
          expiresAtMs: number(expiresAt),
          ...(givenBack && { givenBack: number(1) }),
        },
        ConditionExpression: condition,
        ...placeholdersIn(condition, { ':owner': text(owner), ':now': number(now) }),
      },
    }));
}

/** DynamoDB refuses a request that explains what it does not use. */
function placeholdersIn<T>(condition: string, values: Readonly<Record<string, T>>) {
  const names = [...new Set(condition.match(/#\w+/g))].map((name) => [name, name.slice(1)] as const);
  const used = Object.entries(values).filter(([name]) => condition.includes(name));
  return {
    ExpressionAttributeNames: Object.fromEntries(names),
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
  };
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
