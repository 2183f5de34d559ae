import { describe, expect, it } from 'vitest';
import type { RestoreRequest, RestoreTold } from '../../../core/backups/backups.ts';
import { compareRestore } from '../../../core/backups/same-restore.ts';
import { told } from '../../../core/backups/told.ts';

const TARGET = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' };
const AUTOMATED: RestoreRequest = { delivery: 'automated', snapshotId: 'a'.repeat(24), target: TARGET };
const INSTANT: RestoreRequest = {
  delivery: 'pointInTime',
  pointInTime: { utcSeconds: 1_796_064_689 },
  target: TARGET,
};
const OPLOG: RestoreRequest = {
  delivery: 'pointInTime',
  pointInTime: { oplogSeconds: 1_796_064_689, oplogIncrement: 7 },
  target: TARGET,
};
const DOWNLOAD: RestoreRequest = { delivery: 'download', snapshotId: 'a'.repeat(24) };

describe('a restore job that says all there is', () => {
  it.each([AUTOMATED, INSTANT, OPLOG, DOWNLOAD])('is for the request that it says: %o', (asked) => {
    expect(compareRestore(asked, asked)).toBe('same');
  });

  it('is for a point in time whichever snapshot Atlas chose for it', () => {
    expect(compareRestore(INSTANT, { ...INSTANT, snapshotId: 'b'.repeat(24) })).toBe('same');
  });

  it.each<[RestoreRequest, RestoreTold]>([
    [AUTOMATED, { delivery: 'download' }],
    [AUTOMATED, { snapshotId: 'b'.repeat(24) }],
    [AUTOMATED, { target: { project: TARGET.project, cluster: 'other' } }],
    [AUTOMATED, { target: { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: TARGET.cluster } }],
    [INSTANT, { pointInTime: { utcSeconds: 1_796_064_690 } }],
    [INSTANT, { pointInTime: { oplogSeconds: 1_796_064_690, oplogIncrement: 1 } }],
    [OPLOG, { pointInTime: { oplogSeconds: 1_796_064_689, oplogIncrement: 8 } }],
    [OPLOG, { pointInTime: { utcSeconds: 1_796_064_690 } }],
    [DOWNLOAD, { target: TARGET }],
  ])('is for another than %o when it says %o', (asked, part) => {
    expect(compareRestore(asked, { ...asked, ...part })).toBe('other');
  });
});

describe('a restore job that leaves something out', () => {
  it.each<[RestoreRequest, string]>([
    [AUTOMATED, 'delivery'],
    [AUTOMATED, 'snapshotId'],
    [AUTOMATED, 'target'],
    [INSTANT, 'pointInTime'],
    [INSTANT, 'target'],
    [OPLOG, 'pointInTime'],
    [DOWNLOAD, 'snapshotId'],
  ])('contradicts %o no more than it proves it: %s', (asked, field) => {
    expect(compareRestore(asked, { ...asked, [field]: undefined })).toBe('unclear');
  });

  it.each([{ cluster: TARGET.cluster }, { project: TARGET.project }])(
    'may be onto the target of which it names %o',
    (target) => {
      expect(compareRestore(AUTOMATED, { ...AUTOMATED, target })).toBe('unclear');
    },
  );

  it('is for another target all the same when it names the cluster alone, and that is another', () => {
    expect(compareRestore(AUTOMATED, { ...AUTOMATED, target: { cluster: 'other' } })).toBe('other');
  });
});

it('an empty text says as little as a missing one', () => {
  expect(told({ delivery: 'automated', snapshotId: '', project: '', cluster: 'orders-drill' })).toEqual({
    delivery: 'automated',
    target: { cluster: 'orders-drill' },
  });
});
