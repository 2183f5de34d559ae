import { isRestoreJob, type Job, type RestoreJob } from '../../core/jobs/job.ts';
import type { RestoreRunbook } from '../../core/runbooks/kinds/restore.ts';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import type { Runbook } from '../../core/runbooks/schema.ts';

/** A runbook that must be a drill or a restore. */
export function ofRestore(runbook: Runbook): RestoreRunbook {
  if (runbook.kind !== 'drill' && runbook.kind !== 'restore')
    throw new TypeError(`${runbook.name} is a ${runbook.kind}, not a drill or a restore.`);
  return runbook;
}

/** The drill or restore in a text of YAML. */
export function parseRestore(text: string): RestoreRunbook {
  return ofRestore(parseRunbook(text, 'runbook.yaml'));
}

/** A job that must be a drill or a restore. */
export function asRestore(job: Job): RestoreJob {
  if (!isRestoreJob(job)) throw new TypeError(`Job ${job.jobId} is a ${job.kind}, not a drill or a restore.`);
  return job;
}
