import { ulid } from 'ulid';
import type { RestoreJob } from '../../../core/jobs/job.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import type { RestoreRunbook } from '../../../core/runbooks/kinds/restore.ts';
import { runbookSchema } from '../../../core/runbooks/schema.ts';
import { asRestore, ofRestore } from '../../support/restores.ts';

const PROJECT = '0123456789abcdef01234567';
export const NOW = '2026-08-10T12:00:00.000Z';

/** A drill of a replica set; `source` names its source cluster. */
export function sampleRunbook(source = 'orders', kind: RestoreRunbook['kind'] = 'drill'): RestoreRunbook {
  const runbook = runbookSchema.parse({
    version: 1,
    kind,
    name: 'nightly',
    source: { project: PROJECT, cluster: source },
    target: { project: PROJECT, cluster: 'rehearsal' },
    recoveryPoint: { latest: {} },
  });
  return ofRestore(runbook);
}

/** A job that was just started, with whatever is to be different about it. */
export function sampleJob(changes: Partial<RestoreJob> = {}): RestoreJob {
  const job = newJob({
    jobId: ulid(),
    runbook: changes.runbook ?? sampleRunbook(),
    runbookText: 'version: 1\n# ünïcödé\n',
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'someone@example.org' },
    seed: 4_294_967_295,
    now: NOW,
  });
  return { ...asRestore(job), ...changes };
}
