import { expect, it } from 'vitest';
import { stepJobOf } from '../../../../core/tasks/steps/step-job.ts';
import { practiceStep } from '../../../support/practice-steps.ts';
import { drillJob, RESTORED, twoProjects, withAtlas } from '../../steps/checking.ts';

const AT = '2026-08-10T02:00:00.000Z';

it('tells a step since when and until when its job runs, and what it restores', async () => {
  await withAtlas({ world: twoProjects() }, async (rehearsal) => {
    const job = drillJob(rehearsal, {
      ...RESTORED,
      startedAt: AT,
      recoveryPoint: { chosenBy: 'latest', time: '2026-08-09T12:00:00.000Z' },
    });
    await Promise.resolve();
    expect(stepJobOf(job)).toMatchObject({
      jobId: job.jobId,
      kind: 'drill',
      runbook: job.runbook.name,
      simulated: false,
      beganAt: AT,
      deadline: new Date(Date.parse(AT) + job.runbook.timeouts.job * 1000).toISOString(),
      dataOf: '2026-08-09T12:00:00.000Z',
      askedAt: RESTORED.restoreIntent.at,
      doneAt: RESTORED.atlas.restoreFinishedAt,
    });
  });
});

it.each([
  ['never sent', {}, false],
  ['sent', { sentAt: AT }, true],
  ['sent, and its answer lost, so that the intent was taken back', { lost: 1 }, true],
])('tells a step of a change in before that was %s', async (_what, record, sent) => {
  await withAtlas({ world: twoProjects() }, async (rehearsal) => {
    const job = drillJob(rehearsal);
    const before = [practiceStep('pin', { use: 'pin-fcv', with: { for: 60 } })];
    const steps = { 'before/pin': { use: 'pin-fcv', status: 'failed', startedAt: AT, ...record } as const };
    await Promise.resolve();
    const told = stepJobOf({ ...job, runbook: { ...job.runbook, before }, steps });
    expect(told.before).toEqual([{ use: 'pin-fcv', with: { for: 60 }, sent }]);
  });
});
