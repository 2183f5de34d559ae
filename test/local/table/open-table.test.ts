import { readFile, stat, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../core/jobs/chain.ts';
import { HistoryUnavailableError } from '../../../core/jobs/errors.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import { openTable } from '../../../local/table/open-table.ts';
import { sampleJob } from '../../core/jobs/sample-job.ts';
import { temporaryHomes } from './temporary-home.ts';

const freshHome = temporaryHomes();
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const note = (message: string) => ({ at: '2026-08-10T12:00:00.000Z', type: 'noted', message });

describe('openTable', () => {
  it('makes a home that nobody else can look into', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    expect(await modeOf(home)).toBe('700');
    expect(await modeOf(join(home, 'table.json'))).toBe('600');
    await table.close();
  });

  it('finds the history again, and takes the card down when it closes', async () => {
    const home = await freshHome();
    const job = sampleJob();
    const first = await openTable({ home });
    await createJobStore(first).create(job);
    await first.close();
    await expect(readFile(join(home, 'table.json'))).rejects.toThrow('ENOENT');
    const second = await openTable({ home });
    const store = createJobStore(second);
    expect(await store.get(job.jobId)).toEqual(job);
    expect((await store.list({ by: 'all' }, { limit: 10 })).jobs).toHaveLength(1);
    await second.close();
  });

  it('may be opened many times in one process; when the owner closes, the others go on', async () => {
    const home = await freshHome();
    const tables = await Promise.all([1, 2, 3, 4].map(() => openTable({ home })));
    for (const [nth, table] of tables.entries()) {
      await Promise.all(tables.slice(nth).map((open) => createJobStore(open).append('J', note(`${nth}`))));
      await table.close();
    }
    const last = await openTable({ home });
    expect(verifyChain(await createJobStore(last).timeline('J'))).toMatchObject({
      ok: true,
      count: 4 + 3 + 2 + 1,
    });
    await last.close();
  });

  it('loses no call that is under way while the owner closes', async () => {
    const home = await freshHome();
    const owner = await openTable({ home });
    const other = await openTable({ home });
    const store = createJobStore(other);
    const jobs = Array.from({ length: 30 }, () => sampleJob());
    await store.create(sampleJob());
    const creating = Promise.all(jobs.map((job) => store.create(job)));
    await owner.close();
    await creating;
    expect((await store.list({ by: 'all' }, { limit: 100 })).jobs).toHaveLength(31);
    await other.close();
  });

  it('fails calls after it was closed, instead of taking the history back', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    await table.close();
    await expect(createJobStore(table).get('J')).rejects.toThrow(HistoryUnavailableError);
    const next = await openTable({ home });
    await next.close();
  });

  it('refuses who does not show the key on the card', async () => {
    const home = await freshHome();
    const table = await openTable({ home });
    const { port } = JSON.parse(await readFile(join(home, 'table.json'), 'utf8')) as { port: number };
    for (const authorization of [
      undefined,
      'AWS4-HMAC-SHA256 Credential=guess/20260810/local/dynamodb/aws4_request',
    ]) {
      const reply = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: {
          'x-amz-target': 'DynamoDB_20120810.GetItem',
          'content-type': 'application/x-amz-json-1.0',
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: JSON.stringify({ TableName: 'lifeboat', Key: { pk: { S: 'JOB#1' }, sk: { S: 'JOB' } } }),
      });
      expect(reply.status).toBe(403);
      expect(await reply.text()).toContain('UnrecognizedClientException');
    }
    await table.close();
  });

  it.each([
    ['cut short', () => '{"pid":1,'],
    ['of a process that is gone', () => JSON.stringify({ pid: 4_194_303, port: 9, accessKeyId: 'old' })],
    [
      'of a live process that does not listen',
      () => JSON.stringify({ pid: process.pid, port: 9, accessKeyId: 'old' }),
    ],
  ])('is not led astray by a card %s', async (_what, card) => {
    const home = await freshHome();
    await mkdir(home);
    await writeFile(join(home, 'table.json'), card());
    const table = await openTable({ home });
    const store = createJobStore(table);
    const job = sampleJob();
    await store.create(job);
    expect(await store.get(job.jobId)).toEqual(job);
    await table.close();
  });

  it.each([
    [404, '<html>no table here</html>'],
    [200, '{}'],
  ])(
    'is not led astray by a card whose port is somebody else’s by now, who answers %i',
    async (status, body) => {
      const server = createServer((_request, response) => response.writeHead(status).end(body));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const home = await freshHome();
      await mkdir(home);
      const { port } = server.address() as AddressInfo;
      await writeFile(
        join(home, 'table.json'),
        JSON.stringify({ pid: process.pid, port, accessKeyId: 'old' }),
      );
      const table = await openTable({ home });
      const job = sampleJob();
      const store = createJobStore(table);
      await store.create(job);
      expect(await store.get(job.jobId)).toEqual(job);
      await table.close();
      server.closeAllConnections();
      server.close();
    },
  );
});
