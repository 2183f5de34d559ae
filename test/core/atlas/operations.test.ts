import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../../core/atlas/operation.ts';
import { RESOURCES } from '../../../core/atlas/resources.ts';
import { clientOf, GROUP, json, SNAPSHOT, startServer } from './server.ts';

const FOLDER = '../shared/atlas';
const present = existsSync(`${FOLDER}/openapi.json`);
if (!present)
  console.info(`Skipping the comparison with MongoDB's document: ${FOLDER}/openapi.json is absent.`);

const operations: [string, Operation][] = Object.values(RESOURCES).flatMap((resource) =>
  Object.entries<Operation>(resource),
);

interface DocumentSchema {
  readonly $ref?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, DocumentSchema & { readonly readOnly?: boolean }>>;
}

interface DocumentOperation {
  readonly operationId: string;
  readonly deprecated?: boolean;
  readonly 'x-rolesRequirements'?: readonly string[];
  readonly 'x-xgen-operation-id-override'?: string;
  readonly parameters: readonly (DocumentSchema & {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: DocumentSchema;
  })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: DocumentSchema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentOperation>>>>;
}

/** The parameters of an operation as JSON Schema, and their body apart. */
function ours(operation: Operation) {
  const schema = z.toJSONSchema(operation.params, { io: 'input' }) as DocumentSchema;
  const { body, ...rest } = schema.properties ?? {};
  return { params: rest, required: (schema.required ?? []).filter((name) => name !== 'body'), body };
}

describe('every operation', () => {
  it.each(operations)('%s goes by its operationId', (id, operation) => {
    expect(operation.operationId).toBe(id);
  });

  it.each(operations)('%s is a read exactly when it is a GET', (_, { method, effect }) => {
    expect(effect).toBe(method === 'GET' ? 'read' : 'change');
  });
});

describe.skipIf(!present)("every operation against MongoDB's document", () => {
  const document = present
    ? (JSON.parse(readFileSync(`${FOLDER}/openapi.json`, 'utf8')) as Document)
    : { paths: {} };
  const resolve = <Part extends DocumentSchema>(part: Part): Part =>
    part.$ref === undefined
      ? part
      : part.$ref
          .split('/')
          .slice(1)
          .reduce<Part>(
            (node, key) => (node as unknown as Record<string, Part>)[key]!,
            document as unknown as Part,
          );
  const documented = ({ path, method }: Operation) => document.paths[path]![method.toLowerCase()]!;

  it.each(operations)('%s has its path, method, name, roles and state', (id, operation) => {
    const found = documented(operation);
    expect(found['x-xgen-operation-id-override'] ?? found.operationId).toBe(id);
    expect([...operation.roles].sort()).toEqual([...(found['x-rolesRequirements'] ?? [])].sort());
    expect(operation.deprecated ?? false).toBe(found.deprecated ?? false);
  });

  it.each(operations)('%s uses the newest version', (_, operation) => {
    const success = Object.entries(documented(operation).responses).find(([status]) =>
      status.startsWith('2'),
    )!;
    const versions = Object.keys(success[1].content ?? {}).map((type) => /\d{4}-\d{2}-\d{2}/.exec(type)![0]);
    expect(operation.version).toBe(versions.sort().at(-1));
  });

  it.each(operations)('%s takes its parameters with their patterns', (_, operation) => {
    const parameters = documented(operation).parameters.map(resolve);
    const { params, required } = ours(operation);
    const needed = parameters.filter((one) => one.required === true).map(({ name }) => name);
    expect([...required].sort()).toEqual(needed.sort());
    for (const [name, schema] of Object.entries(params)) {
      const theirs = parameters.find((one) => one.name === name);
      expect(theirs, name).toBeDefined();
      expect(theirs!.in, name).toBe(operation.path.includes(`{${name}}`) ? 'path' : 'query');
      // Theirs groups what ours does not need to.
      if (theirs!.schema?.pattern !== undefined)
        expect(schema.pattern).toBe(theirs!.schema.pattern.replace(/^\^\((.*)\)\$$/, '^$1$'));
      if (theirs!.schema?.enum !== undefined) expect(schema.enum).toEqual(theirs!.schema.enum);
    }
    expect(operation.shape === 'list' && operation.paged).toBe(
      parameters.some(({ name }) => name === 'pageNum'),
    );
  });

  it.each(operations)('%s takes its body', (_, operation) => {
    const content = documented(operation).requestBody?.content;
    const { body } = ours(operation);
    if (content === undefined) {
      expect(body).toBeUndefined();
      return;
    }
    const theirs = resolve(content[`application/vnd.atlas.${operation.version}+json`]!.schema);
    expect([...(body!.required ?? [])].sort()).toEqual([...(theirs.required ?? [])].sort());
    for (const [name, schema] of Object.entries(body!.properties ?? {})) {
      const field = theirs.properties?.[name];
      expect(field, name).toBeDefined();
      expect(field!.readOnly ?? false, name).toBe(false);
      if (field!.pattern !== undefined)
        expect(schema.pattern).toBe(field!.pattern.replace(/^\^\((.*)\)\$$/, '^$1$'));
      if (field!.minimum !== undefined) expect(schema.minimum).toBe(field!.minimum);
    }
  });

  it.each(operations)('%s names a page that is there', (_, { source }) => {
    expect(
      existsSync(source === 'openapi.json' ? `${FOLDER}/${source}` : `${FOLDER}/docs/${source}.txt`),
    ).toBe(true);
  });
});

describe('a call', () => {
  it('asks for the version of its operation, and sends its body in it', async () => {
    const server = await startServer((_, response) => {
      json(response, 200, { id: 'x', status: 'queued' });
    });
    const { flex, snapshots } = clientOf(`${server.baseUrl}/`);
    await snapshots.takeSnapshots({
      groupId: GROUP,
      clusterName: 'Orders',
      body: { description: 'drill', retentionInDays: 1 },
    });
    await flex.getFlexBackupSnapshot({ groupId: GROUP, name: 'Small', snapshotId: SNAPSHOT });
    const [post, get] = server.calls;
    expect(post!.headers.accept).toBe('application/vnd.atlas.2023-01-01+json');
    expect(post!.headers['content-type']).toBe('application/vnd.atlas.2023-01-01+json');
    expect(JSON.parse(post!.body)).toEqual({ description: 'drill', retentionInDays: 1 });
    expect(get!.headers.accept).toBe('application/vnd.atlas.2024-11-13+json');
    expect(get!.headers['content-type']).toBeUndefined();
    expect(get!.url.pathname).toBe(
      `/api/atlas/v2/groups/${GROUP}/flexClusters/Small/backup/snapshots/${SNAPSHOT}`,
    );
  });
});
