import { expect, it, onTestFinished } from 'vitest';
import { enteredHere } from '../deploy/states.ts';
import { openRehearsal, runbookText } from '../support/rehearsal.ts';

it('an ordinary drill without steps enters at most 20 states beside three for each poll', async () => {
  const at = await openRehearsal();
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText());
  const entered = await enteredHere(() => at.run(jobId));
  expect((await at.jobs.get(jobId)).status).toBe('SUCCEEDED');
  const polling = ['WaitForRestore', 'FollowRestore', 'IsRestoreFinished', 'WaitToVerify'];
  const again = ['VerifyRestore', 'IsVerified'].flatMap((name) =>
    entered.filter((one) => one === name).slice(1),
  );
  const others = entered.filter((name) => !polling.includes(name)).length - again.length;
  expect(others).toBeLessThanOrEqual(20);
  // No list of steps cost a state.
  expect(entered.filter((name) => /Steps(Done)?$/.test(name))).toEqual(['HasReadySteps']);
});
