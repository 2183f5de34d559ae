import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holds, type Condition, type Test } from '../../../../core/jobs/table/condition.ts';
import type { Item } from '../../../../core/jobs/table/item.ts';
import type { Table } from '../../../../core/jobs/table/table.ts';
import { ANYWAY, TABLES, type OpenTable } from '../../../support/tables.ts';

type Ask = (table: Table, partition: string) => Promise<unknown>;

/** Few keys and values, so that requests meet. */
const JOBS = ['a', 'b', 'c'];
const value = fc.oneof(fc.constantFrom('x', 'y'), fc.integer({ min: 0, max: 3 }));
const attribute = fc.constantFrom('pk', 'owner', 'version', 'givenBack');
const test: fc.Arbitrary<Test> = fc.oneof(
  fc.record({ attribute, is: fc.constantFrom('absent', 'present') }),
  fc.record({ attribute, is: fc.constantFrom('equal', 'different', 'below'), value }),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constant(ANYWAY),
  fc.array(fc.array(test, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
);

const attributes = fc.record(
  {
    owner: value,
    version: value,
    givenBack: fc.constant(1),
    status: fc.constantFrom('RUNNING', 'FAILED'),
    sourceCluster: fc.constant('p/c'),
    jobId: fc.constantFrom(...JOBS),
    allJobs: fc.constant('JOB'),
    summary: fc.constantFrom('"', 'Ünïcode 🛟', "it's"),
  },
  { requiredKeys: ['allJobs'] },
);

const ask: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ id: fc.constantFrom(...JOBS), attributes, condition }).map(putJob) },
  fc.record({ sequence: fc.integer({ min: 1, max: 12 }), condition }).map(
    ({ sequence, condition }): Ask =>
      (table, pk) =>
        table.putItem({ pk, sk: `EVENT#${String(sequence).padStart(2, '0')}` }, condition),
  ),
  fc.constantFrom(...JOBS).map(
    (id): Ask =>
      (table, pk) =>
        table.getItem({ pk, sk: `JOB#${id}` }),
  ),
  fc
    .record(
      {
        prefix: fc.constantFrom('EVENT#', 'EVENT#1', 'JOB#', ''),
        descending: fc.boolean(),
        limit: fc.integer({ min: 1, max: 4 }),
      },
      { requiredKeys: ['prefix'] },
    )
    .map(
      (query): Ask =>
        (table, pk) =>
          table.query({ pk, ...query }),
    ),
);

/** `jobId` is the sort key of the lists: DynamoDB orders two items with the same one as it likes, so each has its own. */
function putJob({
  id,
  attributes,
  condition,
}: {
  id: string;
  attributes: object;
  condition: Condition;
}): Ask {
  const hasId = 'jobId' in attributes;
  return (table, pk) =>
    table.putItem({ pk, sk: `JOB#${id}`, ...attributes, ...(hasId && { jobId: id }) }, condition);
}

describe('SQLite and DynamoDB', () => {
  let tables: (Table & { close(): unknown })[];
  beforeAll(async () => {
    tables = await Promise.all(TABLES.map(([, open]) => open()));
  });
  afterAll(() => Promise.all(tables.map((table) => table.close())));

  it('answer any history of requests alike', async () => {
    let partition = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(ask, { minLength: 10, maxLength: 40 }), async (asked) => {
        partition += 1;
        for (const one of asked) {
          const [here, there] = await Promise.all(tables.map((table) => one(table, `JOB#${partition}`)));
          expect(here).toEqual(there);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe.each(TABLES)('the table in %s', (_name, openTable) => {
  let table: Awaited<ReturnType<OpenTable>>;
  beforeAll(async () => {
    table = await openTable();
  });
  afterAll(() => table.close());

  it('writes what its conditions let through, as the conditions are defined', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(attributes, { nil: undefined }), condition, async (there, condition) => {
        const key = { pk: 'one', sk: String(Math.random()) };
        const item = there === undefined ? undefined : ({ ...key, ...there } as Item);
        if (item !== undefined) await table.putItem(item, ANYWAY);
        expect(await table.putItem({ ...key, owner: 'new' }, condition)).toBe(holds(condition, item));
      }),
      { numRuns: 100 },
    );
  });

  it('lists what an index holds, page by page, and nothing else of it', async () => {
    const ids = Array.from({ length: 9 }, (_, nth) => `job-${nth}`);
    for (const jobId of ids) {
      const item = { pk: `JOB#${jobId}`, sk: 'JOB', jobId, kind: 'drill', summary: jobId, document: 'long' };
      await table.putItem(item, ANYWAY);
    }
    await table.putItem({ pk: 'LEASE#x', sk: 'LEASE', kind: 'drill' }, ANYWAY);
    const first = await table.queryIndex({ index: 'jobs-by-kind', value: 'drill', limit: 4 });
    const last = { pk: 'JOB#job-5', sk: 'JOB', jobId: 'job-5' };
    const rest = await table.queryIndex({ index: 'jobs-by-kind', value: 'drill', limit: 40, after: last });
    expect([...first, ...rest].map(({ jobId }) => jobId)).toEqual(ids.toReversed());
    expect(first[0]).toEqual({ pk: 'JOB#job-8', sk: 'JOB', jobId: 'job-8', kind: 'drill', summary: 'job-8' });
  });
});
