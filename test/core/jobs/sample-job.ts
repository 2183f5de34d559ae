import { ulid } from 'ulid';
import type { Job } from '../../../core/jobs/job.ts';
import { newJob } from '../../../core/jobs/new-job.ts';
import { runbookSchema, type Runbook } from '../../../core/runbooks/schema.ts';

const PROJECT = '0123456789abcdef01234567';
export const NOW = '2026-08-10T12:00:00.000Z';

/** A drill of a replica set; `source` names its source cluster. */
export function sampleRunbook(source = 'orders', kind: Runbook['kind'] = 'drill'): Runbook {
  return runbookSchema.parse({
    version: 1,
    kind,
    name: 'nightly',
    source: { project: PROJECT, cluster: source },
    target: { project: PROJECT, cluster: 'rehearsal' },
    recoveryPoint: { latest: {} },
  });
}

/** A job that was just started, with whatever is to be different about it. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  const job = newJob({
    jobId: ulid(),
    runbook: changes.runbook ?? sampleRunbook(),
    runbookText: 'version: 1\n# ünïcödé\n',
    policy: { protectedClusters: [] },
    startedBy: { type: 'cli', who: 'someone@example.org' },
    seed: 4_294_967_295,
    now: NOW,
  });
  return { ...job, kind: job.runbook.kind, ...changes };
}
