import { look } from '../facts/look.ts';
import { readMigration } from '../facts/read-migration.ts';
import type { CutoverJob } from '../jobs/job.ts';
import { settled, type Finding, type Verification } from './verification.ts';

/** The migration's own word, read once more: it is complete. */
export async function checkMigrationComplete({ job, atlas }: Verification<CutoverJob>): Promise<Finding> {
  const name = 'migration-complete';
  const { migration } = job.runbook;
  const seen = await look(`live migration ${migration}`, () => readMigration(job.runbook, atlas));
  if ('unseen' in seen) {
    const message = `Could not look at ${seen.unseen}; whether it stayed complete is not known.`;
    return settled({ name, outcome: 'unknown', message });
  }
  const { status = null } = seen.seen;
  const complete = status === 'COMPLETE';
  return settled({
    name,
    outcome: complete ? 'pass' : 'fail',
    message: `Live migration ${migration} is ${status ?? 'without a status'}.`,
    evidence: { migration, status, completedAt: job.cutover.completedAt ?? null },
  });
}
