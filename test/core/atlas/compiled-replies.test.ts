import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Operation } from '../../../core/atlas/operation.ts';
import { pageSchema } from '../../../core/atlas/pages.ts';
import { documented, operations } from './all-operations.ts';
import { present, replyOf } from './document.ts';
import { valuesOf } from './json-arbitraries.ts';
import { clientOf, CLUSTER, CLUSTER_REPLY, json, rejection, startServer } from './server.ts';

const schemaOf = (operation: Operation) =>
  operation.shape === 'one' ? operation.reply : pageSchema(operation);

/** What a schema makes of a document, faults and their order included. */
function readBy(schema: z.ZodType, document: unknown): unknown {
  const { success, data, error } = schema.safeParse(document);
  return success ? { data } : { issues: error.issues };
}

describe('the schema of a reply', () => {
  it.each(operations)('can be made into code: %s', (_, operation) => {
    expect(() => z.compile(schemaOf(operation), { strict: true })).not.toThrow();
  });

  const withBody = documented.filter(([, operation]) => replyOf(operation).schema !== undefined);

  it.skipIf(!present).each(withBody)('says the same as code: %s', (_, operation) => {
    const schema = schemaOf(operation);
    const compiled = z.compile(schema);
    const allowed = valuesOf(replyOf(operation).schema!, { news: true });
    // And what no document allows: anything at all, in place of a field or of the whole.
    const broken = fc.tuple(allowed, fc.nat(), fc.jsonValue()).map(([document, place, value]) => {
      if (typeof document !== 'object' || document === null) return value;
      const names = Object.keys(document);
      return { ...document, [names[place % (names.length + 1)] ?? 'results']: value };
    });
    fc.assert(
      fc.property(fc.oneof(allowed, broken, fc.jsonValue()), (document) => {
        expect(readBy(compiled, document)).toStrictEqual(readBy(schema, document));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a client that asks often', () => {
  it('reads as at first, and refuses what it refused', async () => {
    let reply: object = { ...CLUSTER_REPLY, mongoDBVersion: null, news: { of: 'Atlas' } };
    const { baseUrl } = await startServer((_, response) => {
      json(response, 200, reply);
    });
    const { clusters } = clientOf(baseUrl, { compile: z.compile });
    const first = await clusters.getCluster(CLUSTER);
    for (let nth = 0; nth < 40; nth += 1) expect(await clusters.getCluster(CLUSTER)).toStrictEqual(first);
    expect(first).toMatchObject({ mongoDBVersion: undefined, news: { of: 'Atlas' } });

    reply = { ...CLUSTER_REPLY, name: 7 };
    const refused = await rejection(clusters.getCluster(CLUSTER));
    expect(refused.name).toBe('AtlasReplyError');
    expect(refused.message).toContain('name: Invalid input: expected string, received number');
  });
});
