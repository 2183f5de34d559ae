import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../../core/jobs/job.ts';
import { checkRecoveryPoint } from '../../../core/tasks/check-recovery-point.ts';
import { checkTarget } from '../../../core/tasks/check-target.ts';
import { chooseRecoveryPoint } from '../../../core/tasks/choose-recovery-point.ts';
import { openJob } from '../../../core/tasks/open-job.ts';
import { startRestore } from '../../../core/tasks/start-restore.ts';
import { openRehearsal, runbookText } from '../../support/rehearsal.ts';

/** How many restores Atlas was asked for by a process that stood still for so long between writing its intent and sending it. */
async function requestsAfterPause(seconds: number): Promise<number> {
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText());
  for (const task of [openJob, checkTarget, chooseRecoveryPoint, checkRecoveryPoint])
    await task({ jobId }, at.context);
  const jobs = {
    ...at.context.jobs,
    async save<One extends Job>(job: One): Promise<One> {
      const saved = await at.context.jobs.save(job);
      if ('restoreIntent' in saved) at.clock.advance(seconds);
      return saved;
    },
  };
  await startRestore({ jobId }, { ...at.context, jobs });
  return at.simulator.requests().filter(({ operation }) => operation === 'createBackupRestoreJob').length;
}

describe('StartRestore', () => {
  it('sends its request up to 20 s after it wrote its intent', async () => {
    expect(await requestsAfterPause(20)).toBe(1);
  });

  it('sends nothing later: whoever found the intent meanwhile may have given the request up', async () => {
    expect(await requestsAfterPause(21)).toBe(0);
  });
});
