import { expect, it, onTestFinished } from 'vitest';
import { leaseName } from '../../../core/jobs/lease-name.ts';
import { LONGEST_WAIT_SECONDS } from '../../../core/polling/next-look.ts';
import { checkTarget } from '../../../core/tasks/check-target.ts';
import { openJob } from '../../../core/tasks/open-job.ts';
import { openRehearsal, runbookText } from '../../support/rehearsal.ts';

it('is taken by each task for longer than a job waits three times, so that no living job loses its target', async () => {
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText());
  for (const task of [openJob, checkTarget]) {
    at.clock.advance(60);
    await task({ jobId }, at.context);
    const lease = await at.jobs.lease(leaseName(await at.jobs.get(jobId)) ?? '');
    const seconds = (Date.parse(lease?.expiresAt ?? '') - at.clock.now()) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(3 * LONGEST_WAIT_SECONDS);
  }
  // Whoever takes over the target of a job that died waits no longer than this.
  expect(LONGEST_WAIT_SECONDS).toBe(300);
});
