import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, maybe, maybeCount, maybeInstant, objectId } from '../schemas.ts';

/** A snapshot export job: Atlas writes a snapshot of a dedicated cluster into a bucket of yours. */
const snapshotExport = z.looseObject({
  id: maybe(z.string()),
  snapshotId: maybe(z.string()),
  /** `Queued`, `InProgress`, `Successful`, `Failed`, `Cancelled`, or a word that is new to us. */
  state: maybe(z.string()),
  /** Why it stands where it stands, where Atlas says. */
  stateReason: maybe(z.looseObject({ errorCode: maybe(z.string()), message: maybe(z.string()) })),
  /** This and the instant below are ISO 8601 UTC. */
  createdAt: maybeInstant,
  finishedAt: maybeInstant,
  exportBucketId: maybe(z.string()),
  /** What everything that it writes into the bucket begins with. */
  prefix: maybe(z.string()),
  exportStatus: maybe(z.looseObject({ exportedCollections: maybeCount, totalCollections: maybeCount })),
  /** The parts of a sharded cluster's export. */
  components: maybe(
    z.array(z.looseObject({ exportId: maybe(z.string()), replicaSetName: maybe(z.string()) })),
  ),
});

/** Snapshot export jobs, which take the place of the data lake pipelines that Atlas has withdrawn. */
export const snapshotExportOperations = {
  /**
   * One snapshot export job. The role: Project Backup Manager.
   *
   * Doc: openapi.json.
   */
  getBackupExport: {
    operationId: 'getBackupExport',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/exports/{exportId}',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Backup Manager'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ groupId: objectId, clusterName, exportId: objectId }),
    reply: snapshotExport,
  },
} satisfies Readonly<Record<string, Operation>>;
