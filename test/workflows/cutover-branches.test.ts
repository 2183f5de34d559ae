import { cancelJob } from '../../core/commands/cancel-job.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { nightText, nightWorld } from '../support/cutovers.ts';
import { sleepFails, stepsIn, stepsThatWait, testBranches, UNANSWERED } from './branches.ts';
import { approvalStep, fails, withBusyCluster, type Scenario } from './scenario.ts';

/** A migration night whose approval is given. */
const night = (parts: Record<string, string> = {}): Scenario => ({
  text: nightText(parts),
  options: { world: nightWorld() },
  approved: 'the job',
});

/** A night whose target is UPDATING when the cutover is verified. */
const busyNight: Scenario = {
  ...night(),
  context(at) {
    const busy = { looks: 0 };
    at.when('cutover-complete', () => {
      busy.looks = 4;
      return Promise.resolve();
    });
    return withBusyCluster(at.context, { project: IDS.platformId, cluster: 'orders' }, busy);
  },
};

/** A night on which something becomes of the first request to cut over. */
function losing(fault: object): Scenario {
  const faults = [{ operation: 'cutoverMigration', ...fault, count: 1 }];
  return { ...night(), options: { world: nightWorld(), faults } };
}

/** A night that fails when writes are stopped and nothing has been asked of Atlas: writes are resumed. */
const resumed: Scenario = { ...night(), tasks: { StartCutover: fails } };

testBranches({
  workflow: 'cutover',
  scenario: night,
  stages: ['ready', 'before', 'stopWrites', 'verify', 'switchWrites', 'after', 'cleanup'],
  first: 'CheckMigration',
  once: 'cutoverMigration',
  succeed: {
    'the target takes a while to settle': busyNight,
    'the reply to the request to cut over is lost': losing({ lostReply: true }),
    'the request to cut over is lost': losing({ reset: true }),
  },
  endEarly: {
    'it is cancelled during the cutover, which is followed': {
      ...night(),
      happens: (at, jobId) => {
        at.when('cutover-accepted', async () => {
          await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
        });
      },
    },
    'the cutover could not be asked for, and resuming writes takes a while': {
      ...resumed,
      ...stepsThatWait(['resumeWrites']),
      approved: 'everything',
    },
    'the cutover could not be asked for, and nobody answers who should resume writes': {
      ...resumed,
      steps: stepsIn(['resumeWrites'], (stage) => [approvalStep(stage, UNANSWERED)]),
    },
    'the sleep of resumeWrites fails': sleepFails(resumed, 'resumeWrites'),
  },
});
