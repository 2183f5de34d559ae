import { expect, it } from 'vitest';
import type { Item } from '../../../../core/jobs/table/item.ts';
import { createJobStore } from '../../../../core/jobs/table/job-store.ts';
import { createRequestStore } from '../../../../core/jobs/table/kept-requests.ts';
import { TABLE_SHAPE } from '../../../../core/jobs/table/table-shape.ts';
import type { Table } from '../../../../core/jobs/table/table.ts';
import { memoryTable } from '../../../support/memory-table.ts';

const NOW = '2026-08-10T03:00:00.000Z';
const EXPIRES_AT = '2026-08-10T04:00:00.500Z';

/** DynamoDB reads the attribute as whole seconds: milliseconds would never lapse, and an earlier second would delete too soon. */
it('is told to DynamoDB in whole seconds, no sooner than the expiry', async () => {
  const table = memoryTable();
  const written: Item[] = [];
  const watched: Table = {
    ...table,
    putItem(item, condition) {
      written.push(item);
      return table.putItem(item, condition);
    },
  };
  await createJobStore(watched).takeLease(
    { target: 'project/orders', owner: 'job', expiresAt: EXPIRES_AT },
    NOW,
  );
  await createRequestStore(watched).keep(
    { key: 'k', bodyHash: 'h', jobId: 'job', expiresAt: EXPIRES_AT },
    NOW,
  );
  table.close();
  const told = written.map((item) => item[TABLE_SHAPE.timeToLiveAttribute]);
  const wanted = Math.ceil(Date.parse(EXPIRES_AT) / 1000);
  expect(told).toEqual([wanted, wanted]);
});
