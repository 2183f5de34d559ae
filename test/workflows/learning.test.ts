import { afterEach, expect, it } from 'vitest';
import { isRestoreJob } from '../../core/jobs/job.ts';
import { restoreClass } from '../../core/tasks/work-class.ts';
import { openRehearsal, runbookText, worldWith, type Rehearsal } from '../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

it('a drill looks at its restore less often once earlier drills have told how long one takes', async () => {
  const at = await openRehearsal();
  rehearsal = at;
  const looks: number[] = [];
  for (let drill = 0; drill < 8; drill += 1) {
    const before = looksAt(at);
    const { jobId } = await at.start(runbookText());
    const job = await at.run(jobId);
    expect(job.status).toBe('SUCCEEDED');
    looks.push(looksAt(at) - before);
    if (isRestoreJob(job)) {
      const { own } = await at.jobs.durations(restoreClass(job));
      expect(own).toHaveLength(drill + 1);
    }
  }
  const cold = looks.slice(0, 2).reduce((sum, count) => sum + count);
  const learnt = looks.slice(-2).reduce((sum, count) => sum + count);
  expect(learnt).toBeLessThan(cold);
});

it('a restore that failed, and so ended early, teaches nothing', async () => {
  const at = await openRehearsal({
    world: worldWith({ name: 'orders-drill', restores: { fails: true, seconds: 20 } }),
  });
  rehearsal = at;
  const { jobId } = await at.start(runbookText());
  const job = await at.run(jobId);
  expect(job.failure?.name).toBe('RestoreFailedError');
  if (!isRestoreJob(job)) throw new TypeError('A drill is a restore.');
  expect((await at.jobs.durations(restoreClass(job))).own).toEqual([]);
});

function looksAt({ simulator }: Rehearsal): number {
  return simulator.requests().filter(({ operation }) => operation === 'getBackupRestoreJob').length;
}
