import { objectId } from '../identifiers.ts';
import type { SnapshotExportState } from '../project-state.ts';
import { instant } from './instant.ts';

/** A snapshot export job; its collections are counted as they are written. */
export function snapshotExportReply(job: SnapshotExportState, now: number): unknown {
  const { id, cluster, createdAt, startsAt, endsAt, ends, collections, bucketId } = job;
  const state = now < startsAt ? 'Queued' : now < endsAt ? 'InProgress' : ends;
  const share = Math.min(1, Math.max(0, (now - startsAt) / (endsAt - startsAt)));
  const whole =
    state === 'Successful' ? collections : Math.min(collections - 1, Math.floor(collections * share));
  return {
    createdAt: instant(createdAt),
    customData: [],
    exportBucketId: bucketId,
    exportStatus: { exportedCollections: Math.max(0, whole), totalCollections: collections },
    ...(now >= endsAt && { finishedAt: instant(endsAt) }),
    id,
    prefix: `exported_snapshots/${id}/${cluster}/${instant(createdAt)}`,
    snapshotId: job.snapshotId ?? objectId(createdAt, `export/${id}`),
    state,
    ...(state === 'Failed' && {
      stateReason: { errorCode: 'EXPORT_FAILED', message: 'The bucket could not be written to.' },
    }),
  };
}
