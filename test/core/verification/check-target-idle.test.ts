import { expect, it, onTestFinished } from 'vitest';
import { isRestoreJob } from '../../../core/jobs/job.ts';
import { checkTargetIdle } from '../../../core/verification/check-target-idle.ts';
import { openRehearsal, runbookText } from '../../support/rehearsal.ts';

const TARGET = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' };

it.each([
  ['getCluster', 403, 'unknown'],
  ['getCluster', 404, 'unknown'],
  ['listGroupEvents', 403, 'pass'],
] as const)('%s answered with %i makes it %s', async (operation, status, outcome) => {
  const faults = [{ operation, status, errorCode: 'SOMETHING', count: 100 }];
  const at = await openRehearsal({ faults });
  onTestFinished(() => at.close());
  const job = await at.start(runbookText());
  if (!isRestoreJob(job)) throw new TypeError('It is a drill.');
  const now = new Date(at.clock.now()).toISOString();
  const found = await checkTargetIdle({ job, atlas: at.atlas, now }, TARGET);
  expect(found.result).toMatchObject({ name: 'target-idle', outcome });
});
