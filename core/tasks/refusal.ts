import { AtlasError } from '../atlas/errors.ts';
import { LifeboatError } from '../errors.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';
import { RestoreRefusedError } from './errors.ts';

/** Codes of 409 that pass by themselves (shared by the documents of restore-one-snapshot-of-one-cluster). */
const NOT_YET = new Set([
  'ATLAS_CLUSTER_RESTORE_IN_PROGRESS',
  'CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT',
]);

/** What to do about each refusal that a person can mend. */
const REMEDIES: Readonly<Record<string, string>> = {
  CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT: 'Choose a snapshot that still exists.',
  RESTORE_INITIATION_FAILED: 'Try again; if Atlas refuses again, open a case with MongoDB support.',
  CLUSTER_PAUSED_CANNOT_RESTORE: 'Resume the paused cluster in Atlas, then run it again.',
  INVALID_SNAPSHOT_RESTORE_ENCRYPTION: 'Choose a target whose encryption fits the snapshot.',
  CANNOT_PERFORM_RESTORE_ON_CLUSTER_WITH_RUNNING_LIVE_IMPORT:
    'Wait until the live migration into the target is over.',
  INVALID_PIT_RESTORE_TIME: 'Choose an instant inside the restore window of the source.',
  CANNOT_DOWNLOAD_SNAPSHOT_CONCURRENTLY: 'Wait until the other download of this snapshot has ended.',
  TOO_MANY_SNAPSHOT_DOWNLOADS: 'Wait until other downloads have ended.',
  CANNOT_RESTORE_TO_TARGET: 'Choose a target in the same organisation that the credentials may restore to.',
  SNAPSHOT_NOT_FOUND: 'Choose a snapshot that still exists.',
};

/** Why a request to restore was not taken: something that passes, or something that does not. */
export type Refusal =
  | { readonly kind: 'not-yet'; readonly message: string }
  | { readonly kind: 'final'; readonly error: unknown };

/**
 * Reads an error of the request to restore. What passes by itself is not tried again at once: the guards look first, since
 * they looked some time ago by then.
 */
export function refusalOf(error: unknown, job: RestoreJob): Refusal {
  if (error instanceof LifeboatError && error.retryable) return { kind: 'not-yet', message: error.message };
  if (!(error instanceof AtlasError)) return { kind: 'final', error };
  const { errorCode, detail } = error;
  const said = `${errorCode ?? error.status}${detail === undefined ? '' : `: ${detail}`}`;
  if (errorCode !== undefined && NOT_YET.has(errorCode)) return { kind: 'not-yet', message: said };
  const { source, target } = job.runbook;
  const onto = target === undefined ? 'a download' : clusterName(target);
  const refused = new RestoreRefusedError(
    `Atlas refused to restore ${clusterName(source)} to ${onto}: ${said}`,
    {
      next: REMEDIES[errorCode ?? ''] ?? error.next ?? 'Look the code up in the Atlas documentation.',
      cause: error,
    },
  );
  return { kind: 'final', error: refused };
}
