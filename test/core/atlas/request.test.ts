import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AtlasRequestError } from '../../../core/atlas/errors.ts';
import type { Operation } from '../../../core/atlas/operation.ts';
import { prepare } from '../../../core/atlas/request.ts';
import { clientOf, GROUP, rejection, startServer } from './server.ts';

const anything: Operation = {
  operationId: 'getAnything',
  method: 'GET',
  path: '/things/{thing}/parts/{part}',
  version: '2023-01-01',
  effect: 'read',
  roles: [],
  source: 'test',
  shape: 'one',
  params: z.strictObject({ thing: z.string(), part: z.string(), also: z.array(z.string()).optional() }),
  reply: z.unknown(),
};

describe('prepare', () => {
  it('keeps every value in its place, whatever characters it has', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => value !== '.' && value !== '..');
    fc.assert(
      fc.property(text, text, fc.array(text), (thing, part, also) => {
        const { url } = prepare('https://atlas.example/base', anything, { thing, part, also });
        const parts = url.pathname.split('/').map(decodeURIComponent);
        expect(parts).toEqual(['', 'base', 'things', thing, 'parts', part]);
        expect(url.searchParams.getAll('also')).toEqual(also);
        expect(url.host).toBe('atlas.example');
        expect(url.hash).toBe('');
      }),
    );
  });

  it.each(['.', '..'])('refuses %s, which would leave its place in the path', (part) => {
    expect(() => prepare('https://atlas.example', anything, { thing: 'a', part })).toThrow(AtlasRequestError);
  });
});

describe('faulty parameters', () => {
  it('are all named at once, and nothing is sent', async () => {
    const server = await startServer(() => undefined);
    const { restoreJobs } = clientOf(server.baseUrl);
    const wrong = {
      groupId: 'prod',
      clusterName: '../other',
      body: { deliveryType: 'automated', snapshotId: 'latest', oplogInc: 0, extra: 1 },
    } as const;
    const error = await rejection(restoreJobs.createBackupRestoreJob(wrong));
    expect(error).toMatchObject({
      name: 'AtlasRequestError',
      retryable: false,
      operation: 'createBackupRestoreJob',
    });
    const faults = error instanceof AtlasRequestError ? error.faults.join(' ') : '';
    for (const field of ['groupId', 'clusterName', 'body.snapshotId', 'body.oplogInc', 'extra'])
      expect(faults).toContain(field);
    expect(server.calls).toHaveLength(0);
    expect(server.tokens).toHaveLength(0);
  });

  it('of a list come with its first item', async () => {
    const server = await startServer(() => undefined);
    const list = clientOf(server.baseUrl).events.listGroupEvents({ groupId: GROUP, minDate: 'yesterday' });
    const error = await rejection(list[Symbol.asyncIterator]().next());
    expect(error.message).toContain('minDate');
  });
});
