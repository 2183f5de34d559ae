import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, clientOf, CLUSTER, GROUP, json, rejection, type Seen, startServer } from './server.ts';

interface Item {
  readonly id: string;
}

const item = (number: number) => ({ id: `job-${number}`, deliveryType: 'automated' });
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index));

const pageOf = ({ url }: Seen) => Number(url.searchParams.get('pageNum'));
const sizeOf = ({ url }: Seen) => Number(url.searchParams.get('itemsPerPage'));

async function read(answer: Answer): Promise<{ ids: string[]; calls: readonly Seen[] }> {
  const server = await startServer(answer);
  const ids: string[] = [];
  for await (const job of clientOf(server.baseUrl).restoreJobs.listBackupRestoreJobs(CLUSTER))
    ids.push(job.id);
  return { ids, calls: server.calls };
}

/** A list as Atlas gives it, with at most `most` items on a page. */
function paged(
  all: readonly Item[],
  options: { most?: number; links?: boolean; total?: boolean } = {},
): Answer {
  const { most = 500, links = true, total = true } = options;
  return (request, response) => {
    const size = Math.min(most, sizeOf(request));
    const end = pageOf(request) * size;
    const rel = end < all.length ? ['self', 'next'] : ['self'];
    json(response, 200, {
      results: all.slice(end - size, end),
      ...(total ? { totalCount: all.length } : {}),
      ...(links ? { links: rel.map((one) => ({ rel: one, href: 'https://elsewhere.example/' })) } : {}),
    });
  };
}

const ids = (all: readonly Item[]) => all.map(({ id }) => id);

describe('a list', () => {
  it('asks for the largest pages, one after the other, and follows no address from a reply', async () => {
    const all = items(1203);
    const { ids: got, calls } = await read(paged(all));
    expect(got).toEqual(ids(all));
    expect(calls.map(pageOf)).toEqual([1, 2, 3]);
    expect(calls.map(sizeOf)).toEqual([500, 500, 500]);
  });

  it.each([
    ['by links alone', { total: false }, [1, 2, 3]],
    ['by the total alone', { links: false }, [1, 2, 3]],
    ['by the size of pages alone', { links: false, total: false }, [1, 2, 3]],
  ])('knows its end %s', async (_, options, pages) => {
    const all = items(1203);
    const { ids: got, calls } = await read(paged(all, options));
    expect(got).toEqual(ids(all));
    expect(calls.map(pageOf)).toEqual(pages);
  });

  it('goes on past short pages where the server caps them', async () => {
    const all = items(250);
    expect((await read(paged(all, { most: 100 }))).ids).toEqual(ids(all));
    expect((await read(paged(all, { most: 100, links: false }))).ids).toEqual(ids(all));
  });

  it('ends where a server gives the same page for ever', async () => {
    const all = items(100);
    const { ids: got, calls } = await read((_, response) => {
      json(response, 200, { results: all, totalCount: 2160, links: [{ rel: 'next' }] });
    });
    expect(got).toEqual(ids(all));
    expect(calls).toHaveLength(2);
  });

  it('gives each item once when new ones push the others to the next page', async () => {
    let all = items(600);
    const { ids: got } = await read((request, response, count) => {
      if (count === 2) all = [{ ...item(0), id: 'new' }, ...all];
      paged(all)(request, response, count);
    });
    expect(got).toEqual(ids(items(600)));
  });

  it('knows items without an id by all of their fields', async () => {
    const page = {
      results: [{ partitionName: 'data' }, { partitionName: 'log' }, { partitionName: 'data' }],
    };
    const server = await startServer((_, response) => {
      json(response, 200, { ...page, totalCount: 900 });
    });
    const list = clientOf(server.baseUrl).monitoring.listProcessDisks({
      groupId: GROUP,
      processId: 'db.example.com:27017',
    });
    const names: (string | undefined)[] = [];
    for await (const { partitionName } of list) names.push(partitionName);
    expect(names).toEqual(['data', 'log']);
    expect(server.calls).toHaveLength(2);
  });

  it('can be empty', async () => {
    const { ids: got, calls } = await read(paged([]));
    expect(got).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it('asks for no page that nobody wants', async () => {
    const server = await startServer(paged(items(2000)));
    for await (const job of clientOf(server.baseUrl).restoreJobs.listBackupRestoreJobs(CLUSTER)) {
      expect(job.id).toBe('job-0');
      break;
    }
    expect(server.calls).toHaveLength(1);
  });

  it('that is not paged is asked for once', async () => {
    const server = await startServer((_, response) => {
      json(response, 200, {
        results: [{ id: 's', status: 'completed' }],
        totalCount: 9,
        links: [{ rel: 'next' }],
      });
    });
    const found: string[] = [];
    for await (const { id } of clientOf(server.baseUrl).snapshots.listBackupShardedClusters(CLUSTER))
      found.push(id);
    expect(found).toEqual(['s']);
    expect(server.calls.map(({ url }) => url.search)).toEqual(['']);
  });

  it('repeats the key of a parameter with many values', async () => {
    const server = await startServer(paged([]));
    const { events } = clientOf(server.baseUrl);
    const wanted = {
      groupId: GROUP,
      clusterNames: ['Orders', 'Drill'],
      eventType: ['CPS_RESTORE_SUCCESSFUL'],
      minDate: '2026-08-10T03:03:07Z',
    };
    for await (const event of events.listGroupEvents(wanted)) expect(event).toBeUndefined();
    const { searchParams } = server.calls[0]!.url;
    expect(searchParams.getAll('clusterNames')).toEqual(['Orders', 'Drill']);
    expect(searchParams.getAll('eventType')).toEqual(['CPS_RESTORE_SUCCESSFUL']);
    expect(searchParams.get('minDate')).toBe('2026-08-10T03:03:07Z');
  });

  it('fails on a page that makes no sense', async () => {
    const server = await startServer((_, response) => {
      json(response, 200, { results: 'none' });
    });
    const list = clientOf(server.baseUrl).restoreJobs.listBackupRestoreJobs(CLUSTER);
    const error = await rejection(list[Symbol.asyncIterator]().next());
    expect(error.name).toBe('AtlasReplyError');
    expect(error.message).toContain('results');
  });

  it('gives every item whatever the server says of pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        async (count, most, links) => {
          const all = items(count);
          expect((await read(paged(all, { most, links }))).ids).toEqual(ids(all));
        },
      ),
      { numRuns: 20 },
    );
  });
});
