import { expect, it, onTestFinished } from 'vitest';
import { clusterName } from '../../core/runbooks/cluster.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { openRehearsal, runbookText, worldWith } from '../support/rehearsal.ts';
import { asRestore } from '../support/restores.ts';

const brokenOff: Task = () => Promise.reject(new Error('Nobody is there.'));

it('a job whose clean-up broke off keeps its target, and tells the worst that may be so', async () => {
  const world = worldWith({ name: 'orders-drill', restores: { seconds: 3600 } });
  const at = await openRehearsal({ world });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText({ timeouts: '{ restore: 5m }' }));
  const job = asRestore(await at.run(jobId, { tasks: { ...TASKS, CleanUp: brokenOff } }));
  const target = clusterName(job.runbook.target!);
  expect(job).toMatchObject({ status: 'FAILED', restoreGoesOn: true, failure: { unsure: true } });
  expect(job.failure?.changed).toContain(`${target} may be being overwritten`);
  expect(await at.jobs.lease(target)).toMatchObject({ owner: jobId });
});
