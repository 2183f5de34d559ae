import { expect, it, onTestFinished } from 'vitest';
import { startDueRun } from '../../../core/commands/start-due-run.ts';
import { NO_POLICY, type Policy } from '../../../core/policy/policy.ts';
import { openRehearsal, runbookText } from '../../support/rehearsal.ts';
import { parseRestore } from '../../support/restores.ts';

const MINUTE = 60_000;

/** A drill that may begin an hour late, within a window of a quarter of an hour. */
const text = runbookText({
  schedule: '{ expression: cron(0 3 * * ? *), startWithin: 1h, flexibleWindow: 15m }',
});

/** A run that was due `minutes` ago. */
async function due(minutes: number, policy: Policy = NO_POLICY) {
  const at = await openRehearsal({ seed: 1 });
  onTestFinished(() => at.close());
  const request = {
    jobId: '01M803MRKRF7KPT9GWF2NGTVYH',
    runbook: parseRestore(text),
    runbookText: text,
    policy,
    origin: { kept: 'nightly', overridden: ['guards'] },
    startedBy: { type: 'schedule', who: 'nightly' },
    seed: 7,
  } as const;
  const dueAt = at.clock.now() - minutes * MINUTE;
  return { at, jobId: request.jobId, start: () => startDueRun({ request, dueAt }, at.jobs, at.clock) };
}

it.each([0, 74])(
  'a run that was due %i minutes ago begins, once, however often it is asked for',
  async (minutes) => {
    const { at, jobId, start } = await due(minutes);
    expect([await start(), await start()]).toEqual(['begun', 'begun']);
    expect(await at.jobs.get(jobId)).toMatchObject({ status: 'PENDING', startedBy: { type: 'schedule' } });
  },
);

it('a run that is due for longer than startWithin and the flexible window is written down as skipped, once', async () => {
  const { at, jobId, start } = await due(76);
  expect([await start(), await start()]).toEqual(['skipped', 'over']);
  const job = await at.jobs.get(jobId);
  expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'ScheduledRunSkippedError' } });
  expect(job.failure?.message).toContain('startWithin, 3600 s');
});

it('a run that was written down in time, but whose workflow could not be started, is closed by its workflow', async () => {
  const { at, jobId, start } = await due(74);
  await start();
  await at.clock.sleep(2 * MINUTE);
  expect(await start()).toBe('begun');
  const job = await at.run(jobId);
  expect(job).toMatchObject({ status: 'CANCELLED', cancel: { by: 'the schedule' } });
  expect(job.atlas).not.toHaveProperty('restoreJobId');
});

it('a run that the policy forbids is written down as skipped, once', async () => {
  const { at, jobId, start } = await due(1, { ...NO_POLICY, overrides: ['objectives'] });
  expect([await start(), await start()]).toEqual(['skipped', 'over']);
  const job = await at.jobs.get(jobId);
  expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'ScheduledRunSkippedError' } });
  expect(job.failure?.message).toContain('overrides guards of the runbook');
});
