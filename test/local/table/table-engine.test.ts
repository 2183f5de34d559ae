import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from 'dynalite/db/index.js';
import { ensureTable, TABLE_NAME } from '../../../local/table/ensure-table.ts';
import { isRefusal, openEngine, type TableEngine } from '../../../local/table/table-engine.ts';
import { temporaryHomes } from './temporary-home.ts';

const freshHome = temporaryHomes();
const engines: TableEngine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()));
});

async function open(folder?: string): Promise<TableEngine> {
  const engine = await openEngine(folder);
  engines.push(engine);
  await ensureTable(engine);
  return engine;
}

const item = (sk: number, padding = '') => ({
  pk: { S: 'JOB#1' },
  sk: { S: `EVENT#${String(sk).padStart(4, '0')}` },
  document: { S: padding },
});
const put = (engine: TableEngine, sk: number, padding?: string) =>
  engine.perform('PutItem', { TableName: TABLE_NAME, Item: item(sk, padding) });
const list = (engine: TableEngine, more: object = {}) =>
  engine.perform('Query', {
    TableName: TABLE_NAME,
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': 'pk' },
    ExpressionAttributeValues: { ':pk': { S: 'JOB#1' } },
    ...more,
  }) as Promise<{ readonly Items: readonly object[]; readonly LastEvaluatedKey?: object }>;

/** LevelDB itself, which dynalite's covers. */
const beneath = ({ store }: TableEngine) => Object.getPrototypeOf(store.db) as Database;

/** Counts what lists are read with, and what of it is closed. */
function watchIterators(engine: TableEngine) {
  const counts = { opened: 0, closed: 0 };
  const values = engine.store.db.values.bind(engine.store.db);
  engine.store.db.values = (range) => {
    const iterator = values(range) as ReturnType<typeof values> & { close(): Promise<void> };
    counts.opened += 1;
    const close = iterator.close.bind(iterator);
    let isClosed = false;
    iterator.close = async () => {
      if (!isClosed) counts.closed += 1;
      isClosed = true;
      await close();
    };
    return iterator;
  };
  return counts;
}

describe('a list', () => {
  it.each([
    ['whole', 5, {}],
    ['ended by its limit', 40, { Limit: 3 }],
    ['read backwards', 40, { Limit: 1, ScanIndexForward: false }],
    ['empty', 0, {}],
  ])('%s leaves nothing open that it was read with', async (_what, count, more) => {
    const engine = await open(await freshHome());
    for (let sk = 0; sk < count; sk += 1) await put(engine, sk);
    const iterators = watchIterators(engine);
    await list(engine, more);
    expect(iterators).toEqual({ opened: 1, closed: 1 });
  });

  it('longer than an answer may be ends where DynamoDB ends it, and leaves nothing open', async () => {
    const engine = await open();
    for (let sk = 0; sk < 8; sk += 1) await put(engine, sk, 'x'.repeat(300_000));
    const iterators = watchIterators(engine);
    const first = await list(engine);
    expect(first.Items).toHaveLength(4);
    const second = await list(engine, { ExclusiveStartKey: first.LastEvaluatedKey });
    expect([...first.Items, ...second.Items]).toEqual(
      Array.from({ length: 8 }, (_, sk) => expect.objectContaining({ sk: item(sk).sk }) as object),
    );
    expect(iterators).toEqual({ opened: 2, closed: 2 });
  });
});

describe('writes at once', () => {
  it('wait for few flushes, and are there when they are acknowledged', async () => {
    const engine = await open(await freshHome());
    let flushes = 0;
    const batch = Reflect.get<Database, 'batch'>(beneath(engine), 'batch');
    beneath(engine).batch = function (...given) {
      flushes += 1;
      expect(given[1]).toEqual({ sync: true });
      return batch.apply(this, given);
    };
    try {
      const read = async (sk: number) => {
        await put(engine, sk);
        const { pk, sk: key } = item(sk);
        return engine.perform('GetItem', {
          TableName: TABLE_NAME,
          Key: { pk, sk: key },
          ConsistentRead: true,
        });
      };
      const found = await Promise.all(Array.from({ length: 100 }, (_, sk) => read(sk)));
      expect(found).toEqual(
        Array.from({ length: 100 }, (_, sk) => expect.objectContaining({ Item: item(sk) }) as object),
      );
      expect(flushes).toBeGreaterThan(0);
      expect(flushes).toBeLessThanOrEqual(10);
    } finally {
      beneath(engine).batch = batch;
    }
  });

  it('all fail with the flush that fails, and the next ones do not', async () => {
    const engine = await open();
    const batch = Reflect.get<Database, 'batch'>(beneath(engine), 'batch');
    beneath(engine).batch = () => Promise.reject(new Error('No space left on device'));
    const failed = await Promise.allSettled([1, 2, 3].map((sk) => put(engine, sk)));
    beneath(engine).batch = batch;
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await put(engine, 4);
    expect((await list(engine)).Items).toHaveLength(1);
  });

  it('hold the condition of each: of two that create one item, one is refused', async () => {
    const engine = await open();
    const create = () =>
      engine.perform('PutItem', {
        TableName: TABLE_NAME,
        Item: item(1),
        ConditionExpression: 'attribute_not_exists(#pk)',
        ExpressionAttributeNames: { '#pk': 'pk' },
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, create));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected' && isRefusal(outcome.reason));
    expect(refused).toHaveLength(19);
  });
});
