import { describe, expect, it } from 'vitest';
import { searchIndex } from '../../../core/steps/search-index.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();
const text = { database: 'shop', collectionName: 'orders', name: 'text', mappings: { dynamic: true } };
const vectors = {
  database: 'shop',
  collectionName: 'orders',
  name: 'vectors',
  type: 'vectorSearch',
  fields: [{ type: 'vector', path: 'embedding', numDimensions: 3, similarity: 'cosine' }],
};
const settings = searchIndex.with.parse({ indexes: [text, vectors] });

describe('search-index', () => {
  it('creates the indexes that are not there', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(searchIndex, settings, rehearsal);
      expect(answer).toMatchObject({
        outcome: 'done',
        evidence: { created: 'shop.orders/text, shop.orders/vectors', notCreated: 'none' },
      });
      expect(answer.evidence).not.toHaveProperty('already');
      expect(changesOf(rehearsal)).toHaveLength(2);
    });
  });

  it('takes indexes that are there for done, and says so', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      await carryOut(searchIndex, searchIndex.with.parse({ indexes: [text] }), rehearsal);
      const some = await carryOut(searchIndex, settings, rehearsal);
      expect(some.message).toMatch(/Created .*shop\.orders\/vectors\. There already.* shop\.orders\/text\.$/);
      const all = await carryOut(searchIndex, settings, rehearsal);
      expect(all).toMatchObject({ outcome: 'done', evidence: { already: true, created: 'none' } });
      expect(changesOf(rehearsal)).toHaveLength(2);
    });
  });

  it('takes the duplicate of other versions of Atlas, which is a 400, for done too', async () => {
    const fault = { operation: 'createClusterFtsIndex', status: 400, errorCode: 'ATLAS_FTS_DUPLICATE_INDEX' };
    await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
      const answer = await carryOut(searchIndex, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
    });
  });

  it('creates each index once though a reply is lost', async () => {
    await withAtlas({ world, ...loseReply('createClusterFtsIndex') }, async (rehearsal) => {
      expect(await carryOut(searchIndex, settings, rehearsal)).toMatchObject({ outcome: 'done' });
      expect(changesOf(rehearsal)).toEqual(['createClusterFtsIndex', 'createClusterFtsIndex']);
    });
  });

  it('says what is created and what is not when it stops half-way', async () => {
    const fault = {
      operation: 'createClusterFtsIndex',
      status: 400,
      errorCode: 'INVALID_ATTRIBUTE',
      after: 1,
    };
    await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
      const answer = await carryOut(searchIndex, settings, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('Created: shop.orders/text.');
      expect(answer.message).toContain('Not created: shop.orders/vectors.');
      expect(answer.evidence).toMatchObject({ notCreated: 'shop.orders/vectors' });
    });
  });

  it('does not take a conflict of another sort for an index that is there', async () => {
    const paused = twoProjects({}, { clusters: [{ name: 'orders-drill', paused: true }] });
    await withAtlas({ world: paused }, async (rehearsal) => {
      const answer = await carryOut(searchIndex, settings, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toMatch(/^Created: none\..*CANNOT_UPDATE_PAUSED_CLUSTER/);
    });
  });

  it.each(['MAX_SEARCH_INDEXES_EXCEEDED', 'RESTORE_ALREADY_IN_PROGRESS', undefined])(
    'fails with a conflict that does not say that the index is there (%s)',
    async (errorCode) => {
      const fault = { operation: 'createClusterFtsIndex', status: 409, ...(errorCode && { errorCode }) };
      await withAtlas({ world, faults: [fault] }, async (rehearsal) => {
        const answer = await carryOut(searchIndex, settings, rehearsal);
        expect(answer.outcome).toBe('failed');
        expect(answer.message).toContain(`409${errorCode === undefined ? '' : ` ${errorCode}`}`);
      });
    },
  );

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(searchIndex, settings, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('Project Search Index Editor');
    });
  });

  it('takes its indexes from one place, and a file only relative to the runbook', () => {
    const fault = (written: object) => searchIndex.with.safeParse(written).error?.issues[0]?.message;
    expect(fault({})).toMatch(/exactly one of indexes and file/);
    expect(fault({ indexes: [text], file: 'indexes.json' })).toMatch(/exactly one of indexes and file/);
    expect(fault({ file: 'indexes.json' })).toBeUndefined();
    for (const file of ['/etc/indexes.json', 'C:\\indexes.json', '\\\\host\\indexes.json']) {
      expect(fault({ file })).toMatch(/relative to the runbook/);
    }
  });

  it('refuses indexes that Atlas would refuse', () => {
    const faults = (indexes: unknown[]) =>
      searchIndex.with.safeParse({ indexes }).error?.issues.map(({ path }) => path.join('.'));
    expect(faults([])).toEqual(['indexes']);
    expect(faults([text, text])).toEqual(['indexes.1.name']);
    expect(faults([{ ...vectors, fields: undefined }])).toEqual(['indexes.0.fields']);
    expect(faults([{ ...vectors, mappings: {} }])).toEqual(['indexes.0.mappings']);
    expect(faults([{ ...text, analyzer: 'my own' }])).toEqual(['indexes.0.analyzer']);
  });
});
