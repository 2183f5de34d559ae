import { describe, expect, it } from 'vitest';
import { AtlasRequestError } from '../../../core/atlas/errors.ts';
import { callOperation, listOperations } from '../../../core/commands/atlas-operations.ts';
import { clientOf, GROUP, json, rejection, SNAPSHOT, startServer } from '../atlas/server.ts';

/** A client of a server that answers everything with the same. */
async function answering(status: number, body?: unknown) {
  const server = await startServer((_, response) => {
    if (body === undefined) response.writeHead(status).end();
    else json(response, status, body);
  });
  return { server, atlas: clientOf(server.baseUrl) };
}

describe('listOperations', () => {
  it('tells of each what a person needs to choose it', () => {
    const found = listOperations().find(({ operationId }) => operationId === 'createClusterFtsIndex');
    expect(found).toEqual({
      operationId: 'createClusterFtsIndex',
      method: 'POST',
      path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/fts/indexes',
      effect: 'change',
      roles: ['Project Search Index Editor'],
      deprecated: true,
      doc: 'create-one-atlas-search-index-deprecated',
    });
  });

  it('is in the order of the names', () => {
    const names = listOperations().map(({ operationId }) => operationId);
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other)));
  });
});

describe('callOperation', () => {
  it('gives the reply as it came, nulls and news and all', async () => {
    const reply = { status: 'NEW_WORD', lagTimeSeconds: null, brandNew: [1] };
    const { atlas, server } = await answering(200, reply);
    const path = { groupId: GROUP, liveMigrationId: SNAPSHOT };
    expect(await callOperation(atlas, 'getGroupLiveMigration', { path, query: {}, body: undefined })).toEqual(
      reply,
    );
    expect(server.calls[0]!.url.pathname).toBe(`/api/atlas/v2/groups/${GROUP}/liveMigrations/${SNAPSHOT}`);
  });

  it('gives nothing where nothing came', async () => {
    const { atlas } = await answering(204);
    const request = { path: { groupId: GROUP }, query: {}, body: undefined };
    expect(await callOperation(atlas, 'enableManagedSlowMs', request)).toBeUndefined();
  });

  it('makes of texts what the parameters are', async () => {
    const { atlas, server } = await answering(200, { results: [] });
    await callOperation(atlas, 'listGroupEvents', {
      path: { groupId: GROUP },
      query: {
        eventType: 'CPS_RESTORE_FAILED',
        clusterNames: ['Orders', 'Drill'],
        includeRaw: 'true',
        includeCount: 'false',
        minDate: '2026-08-10T03:00:00Z',
        itemsPerPage: '5',
        pageNum: '2',
      },
      body: undefined,
    });
    const { searchParams } = server.calls[0]!.url;
    expect(searchParams.getAll('eventType')).toEqual(['CPS_RESTORE_FAILED']);
    expect(searchParams.getAll('clusterNames')).toEqual(['Orders', 'Drill']);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      includeRaw: 'true',
      includeCount: 'false',
      itemsPerPage: '5',
      pageNum: '2',
    });
  });

  it('asks for one full page of a list, and gives the page itself', async () => {
    const page = { results: [{ partitionName: 'data' }, { partitionName: 'data' }], totalCount: 900 };
    const { atlas, server } = await answering(200, page);
    const path = { groupId: GROUP, processId: 'db.example.com:27017' };
    expect(await callOperation(atlas, 'listProcessDisks', { path, query: {}, body: undefined })).toEqual(
      page,
    );
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]!.url.search).toBe('?pageNum=1&itemsPerPage=500');
  });

  it('takes whole numbers', async () => {
    const { atlas, server } = await answering(200, { results: [] });
    const path = { groupId: GROUP, clusterName: 'Orders' };
    const query = { pointInTimeUtcSeconds: '1786330800' };
    await callOperation(atlas, 'listBackupSnapshots', { path, query, body: undefined });
    expect(server.calls[0]!.url.searchParams.get('pointInTimeUtcSeconds')).toBe('1786330800');
  });

  it('sends a body', async () => {
    const { atlas, server } = await answering(204);
    const body = { expirationTime: '2026-08-11T03:00:00Z', grantType: 'CLUSTER_DATABASE_LOGS' };
    const path = { groupId: GROUP, clusterName: 'Orders' };
    await callOperation(atlas, 'grantMongoEmployeeAccess', { path, query: {}, body });
    expect(JSON.parse(server.calls[0]!.body)).toEqual(body);
  });

  it('names everything that is wrong at once, and sends nothing', async () => {
    const { atlas, server } = await answering(200, { results: [] });
    const error = await rejection(
      callOperation(atlas, 'listAlerts', {
        path: { clusterName: 'Orders', status: 'OPEN' },
        query: { nope: '1', includeCount: 'maybe', pageNum: '0', itemsPerPage: '501' },
        body: { a: 1 },
      }),
    );
    if (!(error instanceof AtlasRequestError)) throw error;
    const { faults } = error;
    expect(faults).toEqual(
      expect.arrayContaining([
        'clusterName: is no part of the path',
        'status: is no part of the path',
        'groupId: is missing',
        'pageNum: must be a whole number from 1',
        'itemsPerPage: must be a whole number from 1 to 500',
      ]),
    );
    const said = faults.join('\n');
    for (const name of ['includeCount', '"nope"', '"body"']) expect(said).toContain(name);
    expect(server.calls).toHaveLength(0);
    expect(server.tokens).toHaveLength(0);
  });

  it('says what belongs into the path, and that a body is missing', async () => {
    const { atlas } = await answering(204);
    const error = await rejection(
      callOperation(atlas, 'grantMongoEmployeeAccess', {
        path: { groupId: GROUP },
        query: { clusterName: 'Orders' },
        body: undefined,
      }),
    );
    expect(error).toHaveProperty('faults', ['clusterName: belongs into the path', 'body: is missing']);
  });

  it.each([
    ['listalerts', 'but one like it: listAlerts'],
    ['listGroupEvent', 'but one like it: listGroupEvents'],
    ['dropEverything', 'no operation has this name'],
  ])('knows no %s', async (name, said) => {
    const { atlas } = await answering(204);
    const error = await rejection(callOperation(atlas, name, { path: {}, query: {}, body: undefined }));
    expect(error).toMatchObject({
      name: 'AtlasRequestError',
      next: 'See all names with: lifeboat atlas list',
    });
    expect(error.message).toContain(said);
  });
});
