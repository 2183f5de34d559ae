import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ensureTable, TABLE_NAME } from '../../local/table/ensure-table.ts';
import { isRefusal, openEngine, type TableEngine } from '../../local/table/table-engine.ts';
import { historyRequest } from './history-requests.ts';
import { memoryDynamo, type DynamoRequest, type MemoryDynamo } from './memory-dynamo.ts';

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
    fc.asyncProperty(fc.array(historyRequest, { minLength: 20, maxLength: 60 }), async (requests) => {
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

it.each([
  'begins_with(#pk, :pk)',
  'NOT #owner = :owner',
  '#pk = :pk AND',
  '(#pk = :pk',
  '#pk = :pk #sk = :sk',
])('the table in memory refuses what it does not know: %s', (expression) => {
  const input = {
    TableName: TABLE_NAME,
    Item: { pk: { S: 'a' }, sk: { S: 'b' } },
    ConditionExpression: expression,
  };
  expect(() => memoryDynamo().perform({ operation: 'PutItem', input })).toThrow('No condition');
});
