import { cancelJob } from '../../core/commands/cancel-job.ts';
import { done, practiceStep } from '../support/practice-steps.ts';
import { runbookText } from '../support/rehearsal.ts';
import { testBranches } from './branches.ts';
import { withBusyCluster, type Scenario } from './scenario.ts';

/** A step of `before` after which the target is UPDATING for a while. */
function busyTarget(): Scenario {
  const busy = { looks: 0 };
  const pinned = () => {
    busy.looks = 4;
    return done();
  };
  return {
    text: runbookText(),
    steps: { before: [practiceStep('pin'), practiceStep('check')] },
    scripts: { pin: { send: [pinned] }, check: { look: [done()] } },
    context: ({ context }) => withBusyCluster(context, TARGET, busy),
  };
}

const TARGET = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' };
const notYet = { status: 409, errorCode: 'ATLAS_CLUSTER_RESTORE_IN_PROGRESS', count: 2 };

testBranches({
  workflow: 'restore',
  scenario: (parts) => ({ text: runbookText(parts) }),
  stages: ['ready', 'before', 'verify', 'after', 'cleanup'],
  first: 'CheckTarget',
  once: 'createBackupRestoreJob',
  succeed: {
    'a fresh snapshot is waited for': { text: runbookText({ recoveryPoint: '{ fresh: {} }' }) },
    'a step keeps the target busy for a while': busyTarget(),
    'Atlas says "not yet"': {
      text: runbookText(),
      options: { faults: [{ operation: 'createBackupRestoreJob', ...notYet }] },
    },
  },
  endEarly: {
    'it is cancelled while Atlas restores, which is followed': {
      text: runbookText({ onCancel: 'follow' }),
      happens: (at, jobId) => {
        at.when('restore-started', async () => {
          await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
        });
      },
    },
  },
});
