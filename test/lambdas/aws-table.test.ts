import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { JobConflictError, JobExistsError, LeaseHeldError } from '../../core/jobs/errors.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { createJobStore } from '../../core/jobs/table/job-store.ts';
import { awsTable } from '../../lambdas/runtime/aws-table.ts';
import { NOW, sampleJob } from '../core/jobs/sample-job.ts';
import { openMemoryTable } from '../local/table/memory-table.ts';

let table: Awaited<ReturnType<typeof openMemoryTable>>;
/** The history as functions reach it, and as the SDK does. */
let [own, sdk] = [{}, {}] as [JobStore, JobStore];
beforeAll(async () => {
  table = await openMemoryTable();
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${table.port}`);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'memory');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'unused');
  own = createJobStore(awsTable(table.tableName));
  sdk = createJobStore(table);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await table.close();
});

const ids = ['01M803MRKRF7KPT9GWF2NGTVYA', '01M803MRKRF7KPT9GWF2NGTVYB', '01M803MRKRF7KPT9GWF2NGTVYC'];

describe('the table, asked without the SDK', () => {
  it('holds what the SDK reads, and gives what the SDK has written', async () => {
    const [first = '', second = ''] = ids;
    await own.create(sampleJob({ jobId: first }));
    await sdk.create(sampleJob({ jobId: second }));
    expect(await sdk.get(first)).toEqual(await own.get(first));
    expect(await own.get(second)).toEqual(await sdk.get(second));
  });

  it('keeps to conditions', async () => {
    const [first = ''] = ids;
    await expect(own.create(sampleJob({ jobId: first }))).rejects.toThrow(JobExistsError);
    const read = await own.get(first);
    await sdk.save({ ...read, updatedAt: NOW });
    await expect(own.save({ ...read, updatedAt: NOW })).rejects.toThrow(JobConflictError);
  });

  it('lists page by page, and tells a timeline', async () => {
    await own.create(sampleJob({ jobId: ids[2] ?? '' }));
    const { jobs, cursor } = await own.list({ by: 'all' }, { limit: 2 });
    const rest = await own.list({ by: 'all' }, { limit: 2, ...(cursor !== undefined && { cursor }) });
    expect([...jobs, ...rest.jobs].map(({ jobId }) => jobId)).toEqual(ids.toReversed());
    for (const type of ['one', 'two'])
      await own.append(ids[0] ?? '', { at: NOW, type, message: 'Ünïcode', data: {} });
    expect(await own.timeline(ids[0] ?? '')).toEqual(await sdk.timeline(ids[0] ?? ''));
  });

  it('gives leases to one at a time, and takes them back', async () => {
    const lease = (owner: string) => ({ target: 'p/raced', owner, expiresAt: '2099-01-01T00:00:00.000Z' });
    await own.takeLease(lease('one'), NOW);
    await expect(own.takeLease(lease('two'), NOW)).rejects.toThrow(LeaseHeldError);
    await own.giveBackLease('p/raced', 'two');
    expect(await sdk.lease('p/raced')).toMatchObject({ owner: 'one' });
    await own.giveBackLease('p/raced', 'one');
    expect(await sdk.lease('p/raced')).toBeUndefined();
  });
});
