import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, maybe, nothing, objectId, oneOfKinds } from '../schemas.ts';
import { analyzer, builtInAnalyzer } from '../search-analyzers.ts';

const indexFields = {
  collectionName: z.string().min(1),
  database: z.string().min(1),
  name: z.string().min(1),
  numPartitions: z.literal([1, 2, 4]).optional(),
  /** Whether, or which, fields are stored with the index. */
  storedSource: z.union([z.boolean(), z.looseObject({})]).optional(),
};

const searchIndex = z.strictObject({
  ...indexFields,
  type: z.literal('search').optional(),
  analyzer: builtInAnalyzer.optional(),
  analyzers: z.array(analyzer).readonly().optional(),
  mappings: z
    .looseObject({
      dynamic: z.boolean().optional(),
      /** Definitions by field; one field may have several. */
      fields: z
        .record(z.string(), z.union([z.looseObject({}), z.array(z.looseObject({})).readonly()]))
        .optional(),
    })
    .optional(),
  searchAnalyzer: builtInAnalyzer.optional(),
  synonyms: z
    .array(
      z.strictObject({
        analyzer: builtInAnalyzer,
        name: z.string(),
        source: z.strictObject({ collection: z.string() }),
      }),
    )
    .readonly()
    .optional(),
});

const vectorIndex = z.strictObject({
  ...indexFields,
  type: z.literal('vectorSearch'),
  fields: z.array(z.looseObject({})).readonly().optional(),
  nestedRoot: z.string().optional(),
});

/** An index is a search index unless it says otherwise; it is sent with its type either way. */
const wanted = z
  .discriminatedUnion('type', [searchIndex, vectorIndex])
  .transform((index) => ({ type: 'search' as const, ...index }));

const builtFields = {
  indexID: maybe(z.string()),
  /** `IN_PROGRESS`, `STEADY`, `FAILED`, `MIGRATING`, `STALE`, `PAUSED`, or a word that is new to us. */
  status: maybe(z.string()),
  collectionName: maybe(z.string()),
  database: maybe(z.string()),
  name: maybe(z.string()),
  numPartitions: maybe(z.number()),
};

/** An index on its way, by `type`. */
const builtIndex = oneOfKinds(
  'type',
  {
    search: z.looseObject({
      ...builtFields,
      type: z.literal('search'),
      analyzer: maybe(z.string()),
      searchAnalyzer: maybe(z.string()),
      mappings: maybe(z.looseObject({})),
    }),
    vectorSearch: z.looseObject({
      ...builtFields,
      type: z.literal('vectorSearch'),
      fields: maybe(z.array(z.looseObject({}))),
      nestedRoot: maybe(z.string()),
    }),
  },
  builtFields,
);

/** Search nodes of a cluster. A cluster without any may answer with none of these fields. */
const searchDeployment = z.looseObject({
  id: maybe(z.string()),
  groupId: maybe(z.string()),
  /** `IDLE`, `UPDATING`, `PAUSED`, or a word that is new to us. */
  stateName: maybe(z.string()),
  specs: maybe(z.array(z.looseObject({ instanceSize: maybe(z.string()), nodeCount: maybe(z.number()) }))),
  encryptionAtRestProvider: maybe(z.string()),
});

const cluster = { groupId: objectId, clusterName };
const path = '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}';

/** Search: indexes, and nodes of their own for them. */
export const searchOperations = {
  /**
   * Creates a search index, or with `type: vectorSearch` a vector index, on one collection; it is usable once it is
   * `STEADY`. `numPartitions` is 1, 2 or 4. The role: Project Search Index Editor. 409 for an index that is there already.
   *
   * Doc: create-one-atlas-search-index-deprecated.
   */
  createClusterFtsIndex: {
    operationId: 'createClusterFtsIndex',
    method: 'POST',
    path: `${path}/fts/indexes`,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Search Index Editor'],
    source: 'create-one-atlas-search-index-deprecated',
    deprecated: true,
    shape: 'one',
    params: z.strictObject({ ...cluster, body: wanted }),
    reply: builtIndex,
  },
  /**
   * The search nodes of a cluster; an empty document where there are none. The role: Project Read Only.
   *
   * Doc: openapi.json.
   */
  getClusterSearchDeployment: {
    operationId: 'getClusterSearchDeployment',
    method: 'GET',
    path: `${path}/search/deployment`,
    version: '2025-03-12',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject(cluster),
    reply: searchDeployment,
  },
  /**
   * Deletes the search nodes of a cluster; its indexes move back to the database nodes. The role: Project Cluster Manager.
   * It answers 204; 404 when there are none, 409 while another change is under way.
   *
   * Doc: delete-search-nodes.
   */
  deleteClusterSearchDeployment: {
    operationId: 'deleteClusterSearchDeployment',
    method: 'DELETE',
    path: `${path}/search/deployment`,
    version: '2024-05-30',
    effect: 'change',
    roles: ['Project Cluster Manager'],
    source: 'delete-search-nodes',
    shape: 'one',
    params: z.strictObject(cluster),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
