import type { RestoreIntent, RestoreJob } from '../jobs/job.ts';
import { clusterName } from '../runbooks/cluster.ts';

/** What a restore has changed, as a sentence; `unsure` where that is only the worst that may be so. */
export interface RestoreChanges {
  readonly changed: string;
  readonly unsure?: true;
}

/** That nothing was erased. */
export const NOT_OVERWRITTEN = 'No cluster was overwritten.';

/** That Atlas finished a restore onto a cluster. */
export function overwritten(target: string, restoreJobId: string): string {
  return `${target} was overwritten: Atlas finished restore job ${restoreJobId}.`;
}

/**
 * The worst that a request to restore may have done, as long as its outcome is not known: from the moment at which it may have
 * reached Atlas, its target may be overwritten.
 *
 * @param restoreJobId of the restore job that Atlas made of it, once that is known.
 */
export function mayBeOverwritten(
  { runbook }: RestoreJob,
  { at }: RestoreIntent,
  restoreJobId?: string,
): RestoreChanges {
  if (runbook.target === undefined) {
    return { changed: `${NOT_OVERWRITTEN} A download may be under way in Atlas.`, unsure: true };
  }
  const by =
    restoreJobId === undefined
      ? `by the request of ${at}, of which it is not known whether Atlas carried it out`
      : `by restore job ${restoreJobId}, of which it is not known how it ended`;
  const target = clusterName(runbook.target);
  return {
    changed: `${target} may have been overwritten ${by}: check it in Atlas before anything uses it.`,
    unsure: true,
  };
}

/** The worst that a restore which stops may have done: what the job has seen, and otherwise what may be. */
export function worstOfRestore(job: RestoreJob): RestoreChanges {
  const { restoreIntent, snapshotIntent, atlas, runbook } = job;
  const { source, target } = runbook;
  if (restoreIntent === undefined) {
    const snapshot =
      snapshotIntent === undefined
        ? ''
        : ` An on-demand snapshot of ${clusterName(source)} may have been taken.`;
    return { changed: `${NOT_OVERWRITTEN}${snapshot}` };
  }
  const { restoreFinishedAt, restoreJobId } = atlas;
  if (restoreFinishedAt === undefined || restoreJobId === undefined)
    return mayBeOverwritten(job, restoreIntent, restoreJobId);
  return {
    changed: target === undefined ? NOT_OVERWRITTEN : overwritten(clusterName(target), restoreJobId),
  };
}
