import { describe, expect, it } from 'vitest';
import { TASKS } from '../../core/tasks/tasks.ts';
import { createEngine } from '../../local/engine/engine.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { twice, twiceAtOnce } from '../faults/deliveries.ts';
import { erasing, openAsking, TARGET } from '../support/approving.ts';
import { manualClock, type ManualClock } from '../support/manual-clock.ts';

describe('a plan that changes while it waits', () => {
  it('is asked for anew, and what was said of the old one does not count', async () => {
    // The third look at the restore jobs, the one after the approval, is refused: a guard then knows less than people were told.
    const faults = [{ operation: 'listBackupRestoreJobs', status: 403, after: 2 }];
    const text = erasing({ guards: `{ confirmErase: erase ${TARGET}, unknown: continue }` });
    const opened = await openAsking(text, { faults });
    const { at, jobId } = opened;
    let first = '';
    at.when('approval-wanted', async () => {
      first = (await opened.say('anna')).approvals.job?.plan.hash ?? '';
      at.when('approval-wanted', async () => {
        expect(at.simulator.restoreJobCount()).toBe(0);
        await expect(opened.say('anna', { plan: first })).rejects.toMatchObject({ because: 'other-plan' });
        await opened.say('anna');
      });
    });
    const job = await at.run(jobId);
    expect(job.approvals.job).toMatchObject({ number: 2, outcome: 'approved' });
    expect(job.approvals.job?.plan.hash).not.toBe(first);
    expect(job.approvals.job?.plan.guards).toContainEqual({
      name: 'target-not-being-restored',
      outcome: 'unknown',
    });
    expect(at.simulator.restoreJobCount()).toBe(1);
    const types = await opened.types();
    expect(types.filter((type) => type.startsWith('approval-'))).toEqual([
      'approval-wanted',
      'approval-given',
      'approval-plan-changed',
      'approval-wanted',
      'approval-refused',
      'approval-given',
      'approval-approved',
    ]);
  });
});

describe('people, processes and crashes', () => {
  it('finds on resuming what was decided while no process ran', async () => {
    const opened = await openAsking(erasing());
    const { at, jobId } = opened;
    const stopping = new AbortController();
    at.when('approval-wanted', () => {
      stopping.abort();
      return Promise.resolve();
    });
    const engine = createEngine(readWorkflow('restore'), TASKS);
    expect(await engine.run(jobId, at.context, at.clock, stopping.signal)).toBe('interrupted');
    await opened.say('anna');
    expect(at.simulator.restoreJobCount()).toBe(0);
    const job = await at.run(jobId);
    expect(job.status).toBe('SUCCEEDED');
    expect(job.approvals.job?.number).toBe(1);
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('goes on within a second of the machine once somebody has decided', async () => {
    const base = manualClock();
    const looks: number[] = [];
    let asked = false;
    const clock: ManualClock = {
      ...base,
      speed: 1,
      async sleep(milliseconds, signal) {
        await base.sleep(milliseconds, signal);
        if (!asked) return;
        looks.push(milliseconds);
        if (looks.length === 3) await opened.say('anna');
      },
    };
    const opened = await openAsking(erasing(), { clock });
    opened.at.when('approval-wanted', () => {
      asked = true;
      return Promise.resolve();
    });
    opened.at.when('approval-approved', () => {
      asked = false;
      return Promise.resolve();
    });
    expect((await opened.at.run(opened.jobId)).status).toBe('SUCCEEDED');
    expect(looks).toEqual([1000, 1000, 1000]);
  });

  it.each([
    ['twice', twice],
    ['twice at once', twiceAtOnce],
  ])('asks once and tells once though every task is delivered %s', async (_how, delivered) => {
    const opened = await openAsking(erasing());
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      await opened.say('anna');
    });
    const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, delivered(task)]));
    const job = await at.run(jobId, { tasks });
    expect(job.status).toBe('SUCCEEDED');
    expect(job.approvals.job?.number).toBe(1);
    const types = await opened.types();
    expect(types.filter((type) => type.startsWith('approval-'))).toEqual([
      'approval-wanted',
      'approval-given',
      'approval-approved',
    ]);
    expect(at.simulator.restoreJobCount()).toBe(1);
  });
});
