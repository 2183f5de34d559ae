import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../core/atlas/operation.ts';
import { documented, NOT_IN_DOCUMENT, operations, paramsSchema } from './all-operations.ts';
import { described, FOLDER, plainPattern, present, replyOf, resolve, type Schema } from './document.ts';
import { clientOf, GROUP, json, SNAPSHOT, startServer } from './server.ts';

if (!present)
  console.info(`Skipping the comparison with MongoDB's document: ${FOLDER}/openapi.json is absent.`);

/** The operations that the 32 pages describe, by page. */
const PAGES: Readonly<Record<string, string>> = {
  'add-one-mongodb-cloud-user-to-one-project': 'addGroupUsers',
  'create-one-atlas-search-index-deprecated': 'createClusterFtsIndex',
  'create-one-role-mapping-in-one-organization-configuration': 'createRoleMapping',
  'cut-over-one-migrated-cluster': 'cutoverMigration',
  'delete-one-private-endpoint-for-encryption-at-rest-using-customer-key-management':
    'requestPrivateEndpointDeletion',
  'delete-search-nodes': 'deleteClusterSearchDeployment',
  'enable-managed-slow-operation-threshold': 'enableManagedSlowMs',
  'grant-mongodb-employee-cluster-access-for-one-cluster': 'grantMongoEmployeeAccess',
  'pin-feature-compatibility-version-for-one-cluster-in-one-project': 'pinFeatureCompatibilityVersion',
  'remove-ldap-user-to-dn-mapping': 'deleteLdapUserMapping',
  'remove-one-private-endpoint-for-one-provider': 'deletePrivateEndpoint',
  'restore-one-snapshot-of-one-cluster': 'createBackupRestoreJob',
  'resume-one-data-lake-pipeline-deprecated': 'resumePipeline',
  'return-all-alert-configuration-matchers-field-names': 'listMatcherFieldNames',
  'return-all-alerts-from-one-project': 'listAlerts',
  'return-all-database-users-in-one-project': 'listDatabaseUsers',
  'return-all-legacy-backup-snapshots-deprecated': 'listClusterSnapshots',
  'return-all-mongodb-cloud-users-assigned-to-one-team': 'listTeamUsers',
  'return-auditing-configuration-for-one-project': 'getGroupAuditLog',
  'return-available-disks-for-one-mongodb-process': 'listProcessDisks',
  'return-events-from-one-project': 'listGroupEvents',
  'return-measurements-for-one-database-in-one-mongodb-process': 'getDatabaseMeasurements',
  'return-one-access-list-entry-for-one-organization-api-key': 'getOrgAccessEntry',
  'return-one-data-lake-pipeline-run-deprecated': 'getPipelineRun',
  'return-one-private-endpoint-service-for-one-provider': 'getPrivateEndpointService',
  'return-one-replica-set-cloud-backup': 'getClusterBackupSnapshot',
  'return-one-snapshot-of-one-serverless-instance': 'getServerlessBackupSnapshot',
  'revoke-jwks-from-one-oidc-identity-provider': 'revokeIdentityProviderJwks',
  'unpin-feature-compatibility-version-for-one-cluster-in-one-project': 'unpinFeatureCompatibilityVersion',
  'update-encryption-at-rest-configuration-for-one-project': 'updateEncryptionAtRest',
  'update-one-network-peering-connection': 'updateGroupPeer',
  'update-one-organization-service-account': 'updateOrgServiceAccount',
};

/** The client asks for pages by itself, and for neither of the other forms of a reply. */
const LEFT_TO_THE_CLIENT = ['envelope', 'pretty', 'pageNum', 'itemsPerPage'];

/** Ours takes slashes as they are beside `%2F`; request.test.ts compares what is sent. */
const SLASHED = ['ipAddress', 'endpointId'];

/** The parameters of an operation as JSON Schema, and their body apart. */
function ours(operation: Operation) {
  const schema = paramsSchema(operation);
  const { body, ...rest } = schema.properties ?? {};
  return { params: rest, required: (schema.required ?? []).filter((name) => name !== 'body'), body };
}

/** What our schema says of a field that the document's schema says something of. */
function expectSame(name: string, own: Schema, document: Schema) {
  const theirs = resolve(document);
  if (theirs.pattern !== undefined && name !== 'routeTableCidrBlock' && own.pattern !== undefined)
    expect(plainPattern(own.pattern), name).toBe(plainPattern(theirs.pattern));
  else if (theirs.pattern !== undefined && !SLASHED.includes(name))
    expect(own.pattern ?? own.enum ?? own.const, name).toBeDefined();
  for (const key of ['minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems'] as const)
    if (theirs[key] !== undefined) expect(own[key], `${name}.${key}`).toBe(theirs[key]);
  if (theirs.minimum !== undefined) expect(own.minimum, name).toBe(theirs.minimum);
  if (theirs.format === 'date-time' || theirs.format === 'email' || theirs.format === 'uuid')
    expect(own.format, name).toBe(theirs.format);
  if (theirs.enum !== undefined && own.const === undefined)
    expect([...(own.enum ?? [])].sort(), name).toEqual([...theirs.enum].sort());
  if (theirs.items !== undefined && own.items !== undefined) expectSame(name, own.items, theirs.items);
}

describe('every operation', () => {
  it('goes by its operationId, once', () => {
    const names = operations.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(Object.values(PAGES)));
  });

  it.each(operations)('%s is a read exactly when it is a GET', (_, { method, effect }) => {
    expect(effect).toBe(method === 'GET' ? 'read' : 'change');
  });

  it.each(Object.entries(PAGES))('%s is the source of %s', (page, name) => {
    expect(operations.find(([one]) => one === name)?.[1].source).toBe(page);
  });
});

describe.skipIf(!present)("every operation against MongoDB's document", () => {
  it('is in it, but for those known to be left out', () => {
    const left = operations.filter(([, one]) => described(one) === undefined).map(([name]) => name);
    expect(left.sort()).toEqual([...NOT_IN_DOCUMENT].sort());
  });

  it.each(documented)('%s has its path, method, name, roles and state', (id, operation) => {
    const found = described(operation)!;
    expect(found['x-xgen-operation-id-override'] ?? found.operationId).toBe(id);
    expect([...operation.roles].sort()).toEqual([...(found['x-rolesRequirements'] ?? [])].sort());
    expect(operation.deprecated ?? false).toBe(found.deprecated ?? false);
  });

  it.each(documented)('%s uses the newest version', (_, operation) => {
    const contents = Object.entries(described(operation)!.responses)
      .filter(([status]) => status.startsWith('2'))
      .flatMap(([, { content }]) => Object.keys(content ?? {}));
    const versions = contents.map((type) => /\d{4}-\d{2}-\d{2}/.exec(type)![0]);
    expect(operation.version).toBe(versions.sort().at(-1));
  });

  it.each(documented)('%s takes all its parameters with their patterns and limits', (_, operation) => {
    const parameters = described(operation)!
      .parameters.map(resolve)
      .filter((one) => one.in !== 'header' && !LEFT_TO_THE_CLIENT.includes(one.name));
    const { params, required } = ours(operation);
    const needed = parameters.filter((one) => one.required === true).map(({ name }) => name);
    expect([...required].sort()).toEqual(needed.sort());
    expect(Object.keys(params).sort()).toEqual(parameters.map(({ name }) => name).sort());
    for (const theirs of parameters) {
      expect(theirs.in, theirs.name).toBe(operation.path.includes(`{${theirs.name}}`) ? 'path' : 'query');
      if (operation.operationId === 'listGroupEvents' && theirs.name.endsWith('ventType')) continue;
      if (SLASHED.includes(theirs.name) && theirs.schema?.pattern?.includes('%2') === true) continue;
      expectSame(theirs.name, params[theirs.name]!, theirs.schema ?? {});
    }
  });

  it.each(documented)('%s is paged exactly when it has pages', (_, operation) => {
    const names = described(operation)!.parameters.map((one) => resolve(one).name);
    expect(operation.shape === 'list' && operation.paged).toBe(names.includes('pageNum'));
  });

  it.each(documented)('%s takes its body', (_, operation) => {
    const content = described(operation)!.requestBody?.content;
    const { body } = ours(operation);
    if (content === undefined) {
      expect(body).toBeUndefined();
      return;
    }
    const theirs = resolve(content[`application/vnd.atlas.${operation.version}+json`]!.schema!);
    const kinds = body!.oneOf ?? [body!];
    for (const kind of kinds) expectBody(kind, kindOf(theirs, kind));
    if (theirs.discriminator !== undefined)
      expect(kinds).toHaveLength(Object.keys(theirs.discriminator.mapping).length);
  });

  it.each(documented)('%s gives nothing exactly when the document says nothing', (_, operation) => {
    const { schema } = replyOf(operation);
    if (schema === undefined) {
      const { reply } = operation as Extract<Operation, { shape: 'one' }>;
      expect(reply.safeParse(undefined).success).toBe(true);
      expect(reply.safeParse({}).success).toBe(true);
    }
  });
});

/** The schema of the document for one of our kinds of a body, with the fields that it inherits. */
function kindOf(theirs: Schema, own: Schema): Schema {
  if (theirs.discriminator === undefined) return theirs;
  const { propertyName, mapping } = theirs.discriminator;
  const value = own.properties?.[propertyName]?.const;
  const kind = resolve<Schema>({ $ref: mapping[String(value)]! });
  const parts = [kind, ...(kind.allOf ?? []).map((part) => resolve(part))];
  return {
    required: kind.required ?? [],
    properties: Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, Schema>,
  };
}

function expectBody(own: Schema, theirs: Schema) {
  // The discriminator may be optional in the document, and tells the kinds apart in ours.
  const required = (own.required ?? []).filter((name) => name !== 'providerName' && name !== 'type');
  expect(required.sort()).toEqual([...(theirs.required ?? [])].sort());
  for (const [name, schema] of Object.entries(own.properties ?? {})) {
    const field = resolve(theirs.properties![name] ?? {});
    expect(theirs.properties, name).toHaveProperty(name);
    expect(field.readOnly ?? false, name).toBe(false);
    if (field.properties !== undefined && schema.properties !== undefined && field.required === undefined)
      expectBody(schema, field);
    else if (field.type !== 'object' && name !== 'numPartitions') expectSame(name, schema, field);
  }
}

describe.skipIf(!present)('every page', () => {
  it.each(Object.entries(PAGES))('%s has the method, the path and the version of %s', (page, name) => {
    const [, operation] = operations.find(([one]) => one === name)!;
    const text = readFileSync(`${FOLDER}/docs/${page}.txt`, 'utf8');
    expect(text.split('\n')[1]).toBe(`${operation.method} ${operation.path}`);
    const versions = [...text.matchAll(/application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json/g)];
    // The page of team users names its version in a note, and samples name another.
    const named = [...versions.map(([, version]) => version), ...(/v2-\{(\S+)\}/.exec(text) ?? [])];
    expect(named).toContain(operation.version);
  });

  it.each(operations)('%s comes from one that is there', (_, { source }) => {
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
