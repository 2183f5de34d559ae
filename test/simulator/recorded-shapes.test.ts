import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openapiPresent, validateReply, validateRequest } from '../support/openapi.ts';

interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const OPERATIONS: readonly [method: string, path: RegExp, operation: string][] = [
  ['POST', /\/clusters\/[^/]+\/backup\/snapshots$/, 'takeGroupClusterBackupSnapshots'],
  ['GET', /\/clusters\/[^/]+\/backup\/snapshots\/[^/]+$/, 'getGroupClusterBackupSnapshot'],
  ['POST', /\/clusters\/[^/]+\/backup\/restoreJobs$/, 'createGroupClusterBackupRestoreJob'],
  ['GET', /\/clusters\/[^/]+\/backup\/restoreJobs$/, 'listGroupClusterBackupRestoreJobs'],
  ['GET', /\/clusters\/[^/]+\/backup\/restoreJobs\/[^/]+$/, 'getGroupClusterBackupRestoreJob'],
  ['GET', /\/clusters\/[^/]+$/, 'getGroupCluster'],
  ['GET', /\/flexClusters\/[^/]+\/backup\/snapshots$/, 'listGroupFlexClusterBackupSnapshots'],
  ['GET', /\/flexClusters\/[^/]+\/backup\/snapshots\/[^/]+$/, 'getGroupFlexClusterBackupSnapshot'],
  ['POST', /\/flexClusters\/[^/]+\/backup\/restoreJobs$/, 'createGroupFlexClusterBackupRestoreJob'],
  ['GET', /\/flexClusters\/[^/]+\/backup\/restoreJobs\/[^/]+$/, 'getGroupFlexClusterBackupRestoreJob'],
  ['GET', /\/flexClusters\/[^/]+$/, 'getGroupFlexCluster'],
];

/** What Atlas itself replied must pass, or a check of the simulator's replies says nothing. */
describe.skipIf(!openapiPresent)('the OpenAPI reader', () => {
  it.each(['dedicated', 'flex'])('finds nothing wrong with the recorded %s replies', (kind) => {
    const file = new URL(`../../../shared/atlas/recordings/restore-${kind}.json`, import.meta.url);
    const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded[];
    let checked = 0;
    for (const { method, path, status, headers, body } of recorded) {
      const operation = OPERATIONS.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2];
      if (operation === undefined) continue;
      const version = /vnd\.atlas\.([\d-]+)\+json/.exec(headers['content-type'] ?? '')?.[1];
      expect(validateReply(operation, status, body, version), `${method} ${path}`).toEqual([]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(8);
  });

  it('finds what is wrong', () => {
    expect(validateReply('getGroupClusterBackupSnapshot', 200, { id: 'short', status: 'done' })).toHaveLength(
      2,
    );
    expect(validateReply('getGroupCluster', 404, { detail: 'no code' })).not.toEqual([]);
    expect(validateReply('getGroupFlexCluster', 201, {})).toEqual(['getGroupFlexCluster documents no 201']);
    expect(validateRequest('createGroupFlexClusterBackupRestoreJob', {})).not.toEqual([]);
    expect(
      validateRequest('createGroupClusterBackupRestoreJob', {
        deliveryType: 'automated',
        snapshotId: 'a'.repeat(24),
      }),
    ).toEqual([]);
  });
});
