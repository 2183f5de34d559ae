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
  ['POST', /\/clusters\/[^/]+\/backup\/snapshots$/, 'takeSnapshots'],
  ['GET', /\/clusters\/[^/]+\/backup\/snapshots\/[^/]+$/, 'getClusterBackupSnapshot'],
  ['POST', /\/clusters\/[^/]+\/backup\/restoreJobs$/, 'createBackupRestoreJob'],
  ['GET', /\/clusters\/[^/]+\/backup\/restoreJobs$/, 'listBackupRestoreJobs'],
  ['GET', /\/clusters\/[^/]+\/backup\/restoreJobs\/[^/]+$/, 'getBackupRestoreJob'],
  ['GET', /\/clusters\/[^/]+$/, 'getCluster'],
  ['GET', /\/flexClusters\/[^/]+\/backup\/snapshots$/, 'listFlexBackupSnapshots'],
  ['GET', /\/flexClusters\/[^/]+\/backup\/snapshots\/[^/]+$/, 'getFlexBackupSnapshot'],
  ['POST', /\/flexClusters\/[^/]+\/backup\/restoreJobs$/, 'createFlexRestoreJob'],
  ['GET', /\/flexClusters\/[^/]+\/backup\/restoreJobs\/[^/]+$/, 'getFlexRestoreJob'],
  ['GET', /\/flexClusters\/[^/]+$/, 'getFlexCluster'],
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
    expect(validateReply('getClusterBackupSnapshot', 200, { id: 'short', status: 'done' })).toHaveLength(2);
    expect(validateReply('getCluster', 404, { detail: 'no code' })).not.toEqual([]);
    expect(validateReply('getFlexCluster', 201, {})).toEqual(['getFlexCluster documents no 201']);
    expect(validateRequest('createFlexRestoreJob', {})).not.toEqual([]);
    expect(
      validateRequest('createBackupRestoreJob', {
        deliveryType: 'automated',
        snapshotId: 'a'.repeat(24),
      }),
    ).toEqual([]);
  });
});
