import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/atlas/operation.ts';
import { pageSchema } from '../../../core/atlas/pages.ts';
import { readReply } from '../../../core/atlas/reply.ts';
import { prepare } from '../../../core/atlas/request.ts';
import { validateReply, validateRequest } from '../../support/openapi.ts';
import { documented, NOT_IN_DOCUMENT, operations, paramsOf } from './all-operations.ts';
import { described, FOLDER, present, replyOf, resolve, type Schema } from './document.ts';
import { valuesOf } from './json-arbitraries.ts';

if (!present) console.info(`Skipping replies and bodies by MongoDB's document: ${FOLDER} is absent.`);

const AT = { baseUrl: 'https://atlas.example', now: Date.parse('2099-01-01T00:00:00Z') };
const RUNS = { numRuns: 60 };

/** What Lifeboat tells these by. The document requires none of it, and Atlas always sends it. */
const ALWAYS: readonly (readonly [name: RegExp, fields: readonly string[]])[] = [
  [/^(getCluster|listClusters)$/, ['name', 'clusterType', 'stateName']],
  [/^getFlexCluster$/, ['name', 'stateName']],
  [/^(?!.*Serverless|listClusterSnapshots).*Snapshots?$|Sharded|FlexRestore/, ['id', 'status']],
  [/BackupRestoreJobs?$/, ['id']],
];

const alwaysIn = (name: string) => ALWAYS.find(([names]) => names.test(name))?.[1] ?? [];

function read(operation: Operation, status: number, body: unknown): unknown {
  const call = { operation: operation.operationId, effect: operation.effect, roles: [], label: 'test' };
  const schema = operation.shape === 'one' ? operation.reply : pageSchema(operation);
  return readReply(call, { kind: 'reply', status, headers: {}, body: JSON.stringify(body) }, schema);
}

/** Replies by the document's schema; of a list, pages of items by its schema. */
function replies(operation: Operation, schema: Schema, news: boolean): fc.Arbitrary<unknown> {
  const always = alwaysIn(operation.operationId);
  if (operation.shape === 'one') return valuesOf(schema, { news, always });
  const page = resolve(schema);
  const item = valuesOf(page.properties!.results!.items!, { news, always });
  return fc.record(
    { results: fc.array(item, { maxLength: 3 }), totalCount: fc.nat() },
    { requiredKeys: ['results'], noNullPrototype: true },
  );
}

/** The document allows them to be negative; such a count is read as none. */
const COUNTS = [
  'storageSizeBytes',
  'lagTimeSeconds',
  'exportedCollections',
  'totalCollections',
  'numDocs',
  'bytesExported',
];

/**
 * What is null in Atlas's answer is undefined to us where we know the field, so it is not compared. Neither is a count that can be
 * none.
 */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(
    ([name, field]) => field !== null && !(COUNTS.includes(name) && Number(field) < 0),
  );
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutNulls(field)]));
}

describe.skipIf(!present)('a reply that the document allows', () => {
  const withBody = documented.filter(([, operation]) => replyOf(operation).schema !== undefined);

  it.each(withBody)('of %s is parsed, and nothing of it is lost', (name, operation) => {
    const { status, schema } = replyOf(operation);
    fc.assert(
      fc.property(replies(operation, schema!, false), (reply) => {
        // The generator is worth nothing unless the document allows what it makes.
        expect(validateReply(name, status, reply, operation.version)).toEqual([]);
        expect(withoutNulls(read(operation, status, reply))).toEqual(withoutNulls(reply));
      }),
      RUNS,
    );
  });

  it.each(withBody)('of %s may hold fields and words that are new', (_, operation) => {
    const { status, schema } = replyOf(operation);
    fc.assert(
      fc.property(replies(operation, schema!, true), (reply) => {
        expect(withoutNulls(read(operation, status, reply))).toEqual(withoutNulls(reply));
      }),
      RUNS,
    );
  });
});

describe.skipIf(!present)('what the types of an operation allow', () => {
  it.each(documented)('is accepted by the document: %s', (name, operation) => {
    const parameters = described(operation)!.parameters.map(resolve);
    fc.assert(
      fc.property(paramsOf(operation), (params) => {
        const { url, body } = prepare(AT, operation, params);
        expect(validateRequest(name, body === undefined ? undefined : JSON.parse(body))).toEqual([]);
        for (const { name: parameter, in: place, schema = {} } of parameters) {
          const sent =
            place === 'path' ? [partOf(operation, url, parameter)] : url.searchParams.getAll(parameter);
          const one = resolve(schema.items ?? schema);
          for (const text of sent) expectAllowed(text, one);
        }
      }),
      RUNS,
    );
  });
});

/** The part of a path as it is sent: the document's patterns speak of that. */
function partOf({ path }: Operation, { pathname }: URL, name: string): string {
  const [before, after] = path.split(`{${name}}`);
  const place = before!.split('/').length - 1;
  const part = pathname.split('/')[place]!;
  return after!.startsWith(':') ? part.slice(0, -after!.length) : part;
}

function expectAllowed(text: string, { pattern, enum: words, minLength = 0, maxLength = Infinity }: Schema) {
  if (pattern !== undefined) expect(text).toMatch(new RegExp(pattern));
  if (words !== undefined) expect(words).toContain(text);
  expect(text.length).toBeGreaterThanOrEqual(minLength);
  expect(text.length).toBeLessThanOrEqual(maxLength);
}

describe.skipIf(!present)('the examples of the pages', () => {
  const pages = operations.filter(
    ([name, { source }]) =>
      source !== 'openapi.json' && (described(byName(name)) ?? NOT_IN_DOCUMENT.includes(name)),
  );

  it.each(pages)('of %s are parsed, each with all it holds', (_, operation) => {
    const text = readFileSync(`${FOLDER}/docs/${operation.source}.txt`, 'utf8');
    const examples = examplesIn(text.split(/^Response examples \(20\d\)$/m)[1] ?? '');
    for (const example of examples) {
      expect(withoutNulls(read(operation, 200, example))).toEqual(withoutNulls(example));
    }
    if (/^Response examples \(20\d\)$/m.test(text)) expect(examples).not.toHaveLength(0);
  });
});

function byName(name: string): Operation {
  return operations.find(([one]) => one === name)![1];
}

/** The JSON documents at the beginning of a text, each of which begins and ends at the left margin. */
function examplesIn(text: string): unknown[] {
  const [first = ''] = text.split(/^Response examples/m);
  return [...first.matchAll(/^[[{]$[\s\S]*?^[\]}]$/gm)].map(([one]) => JSON.parse(one) as unknown);
}
